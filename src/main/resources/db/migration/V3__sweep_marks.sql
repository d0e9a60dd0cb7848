-- What sweeps emitted near their watermark, a row a page: 16-byte digests, one after the other.
create table sweep_mark (
    tenant      text    not null,
    integration text    not null,
    stream      text    not null,
    unit        text    not null,
    page        integer not null,
    at          bigint  not null,
    digests     ${bytes} not null,
    primary key (tenant, integration, stream, unit, page)
);
