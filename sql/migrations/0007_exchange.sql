-- What came from other programs: files by digest, rows by key, so that nothing is imported twice.

create schema exchange_data;

create table exchange_data.import_file (
    digest text primary key,
    name text not null,
    kind text not null,
    rows int not null,
    bad_rows int not null,
    operation uuid not null references admin_data.operation,
    at timestamptz not null default clock_timestamp()
);

create table exchange_data.import_row (
    source text not null, -- the old program, as its profile names it
    kind text not null,
    key text not null,
    target_id bigint not null,
    operation uuid not null references admin_data.operation,
    primary key (source, kind, key)
);

create table exchange_data.import_bad_row (
    operation uuid not null references admin_data.operation,
    file text not null,
    line int not null,
    reason text not null
);
create index import_bad_row_operation on exchange_data.import_bad_row (operation);

-- How the directory of an old program charges each service; read when plans of houses are made.
create table exchange_data.import_service (
    source text not null,
    code text not null,
    contract_id bigint not null references cards_data.contract,
    method text not null,
    primary key (source, code)
);

-- Where the rows of a house go: its unit and scope beside its id.
create type exchange_data.import_place as (unit_id bigint, scope int, house_id bigint);
