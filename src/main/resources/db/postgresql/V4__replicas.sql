-- The processes that share this state. One whose time has run out is taken for dead: another one takes what it owns and deletes its row.
-- Whatever a process writes it writes only while its row is there, so one that wakes up too late changes nothing any more.
create table replica (
    number bigint generated always as identity primary key,
    folder text   not null,
    until  bigint not null
);

-- The integrations of which a job runs, and the replica that runs it.
create table lane (
    integration text   not null primary key,
    owner       bigint not null,
    job         text   not null
);

-- When each schedule is due next, for whichever replica comes first.
create table due (
    schedule text   not null primary key,
    at       bigint not null
);

create index delivery_by_owner on delivery (owner, seq);
create unique index delivery_by_unit on delivery (tenant, integration, unit);

-- The replica that is just sending it again.
alter table dead_letter add column sender bigint;
