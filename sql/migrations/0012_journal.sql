-- The journal: found by its subject; and whose houses an operation touched, for those who see a part of them.

create index operation_by_subject on admin_data.operation (subject, known) where subject is not null;

alter table admin_data.operation_args add column scopes int[];
comment on column admin_data.operation_args.scopes is
    'Scopes the operation wrote rows of; empty for what is common to all, null for operations older than this column';
