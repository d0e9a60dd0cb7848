-- Accepted deliveries until they are records: one of each unit at a time, whoever sends it again. Deleted then: what is in the sink is in seen.
-- Of a single process only those that were tried in vain: the others are in files. It knows which units wait, an index of them, random as they
-- are, would cost more than the bodies.
create table delivery (
    seq         ${rowid} not null primary key,
    tenant      text    not null,
    integration text    not null,
    unit        text    not null,
    reading     text    not null,
    headers     text    not null,
    body        ${bytes} not null,
    received    bigint  not null,
    -- the replica that makes records of it, 0 where there is only one process
    owner       bigint  not null
);

-- The originals of those in which something failed, for the replay.
create table delivery_kept (
    seq         ${rowid} not null primary key,
    tenant      text    not null,
    integration text    not null,
    unit        text    not null,
    reading     text    not null,
    headers     text    not null,
    body        ${bytes} not null,
    received    bigint  not null
);
create index delivery_kept_by_unit on delivery_kept (tenant, integration, unit);
