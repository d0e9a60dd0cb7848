-- Times are milliseconds since 1970 UTC. SQL that SQLite and PostgreSQL share; their names of two types are placeholders.

create table stream_cursor (
    tenant      text    not null,
    integration text    not null,
    stream      text    not null,
    version     integer not null,
    value       text    not null,
    updated     bigint  not null,
    primary key (tenant, integration, stream)
);

create table seen (
    tenant      text   not null,
    integration text   not null,
    stream      text   not null,
    identity    text   not null,
    at          bigint not null,
    unit        text   not null,
    -- What differs comes first: most comparisons then end with it.
    primary key (identity, stream, integration, tenant)
);
create index seen_by_age on seen (tenant, integration, stream, at);

-- The ids that an unfinished unit has emitted, a row a page; gone when the unit is done.
create table unit_page (
    tenant      text    not null,
    integration text    not null,
    stream      text    not null,
    unit        text    not null,
    page        integer not null,
    ids         ${bytes} not null,
    primary key (tenant, integration, stream, unit, page)
);

create table dead_letter (
    id          text    not null primary key,
    tenant      text    not null,
    integration text    not null,
    stream      text    not null,
    job         text    not null,
    unit        text    not null,
    unit_name   text    not null,
    page        integer not null,
    code        text    not null,
    message     text    not null,
    item        text,
    mapping     text,
    created     bigint  not null
);
create index dead_letter_by_age on dead_letter (created);
-- Whether the original of a delivery is still needed.
create index dead_letter_by_unit on dead_letter (tenant, integration, unit);

create table job (
    id          text   not null primary key,
    tenant      text   not null,
    integration text   not null,
    status      text   not null,
    started     bigint not null,
    finished    bigint,
    -- 1 where the job was complete and met nothing: such reports would crowd out those that tell something
    idle        integer not null,
    -- the replica that runs it, 0 where there is only one process
    owner       bigint not null,
    -- 1 where it was asked to stop, by way of another replica
    cancel      integer not null default 0,
    report      text   not null
);
create index job_by_integration on job (integration, idle, started);

-- How far a sink's output is committed; only the file sink needs it.
create table sink_state (
    sink    text   not null primary key,
    state   text   not null
);

-- Integrations made by the API; the declared ones stay in their file.
create table integration (
    name       text   not null primary key,
    definition text   not null,
    updated    bigint not null
);

-- When each stream was last complete, so that freshness outlives a restart.
create table stream_success (
    tenant      text   not null,
    integration text   not null,
    stream      text   not null,
    at          bigint not null,
    primary key (tenant, integration, stream)
);
