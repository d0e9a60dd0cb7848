-- Accepted deliveries until they are records. Kept longer (state 1) only where something in them failed: the original for the replay.
create table delivery (
    seq         bigint  not null primary key,
    tenant      text    not null,
    integration text    not null,
    unit        text    not null,
    headers     text    not null,
    body        blob    not null,
    size_bytes  bigint  not null,
    state       integer not null,
    received    bigint  not null
);
create index delivery_by_state on delivery (state, seq);
create index delivery_by_unit on delivery (tenant, integration, unit);

-- What was accepted already, for the replay guard; pruned by age.
create table delivery_seen (
    tenant      text   not null,
    integration text   not null,
    unit        text   not null,
    at          bigint not null,
    primary key (tenant, integration, unit)
);
create index delivery_seen_by_age on delivery_seen (at);
