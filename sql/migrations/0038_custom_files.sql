-- A customer's own files, used instead of those inside the program. Each change is a row; the latest of a path is what stands.
create table admin_data.custom_file (
    place bigint primary key generated always as identity,
    path text not null,
    bytes text,                 -- null: the file of the program again
    digest bytea,
    operation uuid not null references admin_data.operation,
    operator name not null,
    put_at timestamptz not null default clock_timestamp()
);
create index custom_file_path on admin_data.custom_file (path, place desc);
comment on table admin_data.custom_file is 'свой файл';
