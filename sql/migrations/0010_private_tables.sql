-- The tables that row-level security protects and roles are granted: all private ones but the partitions and the detached tables of
-- runs, which only the worker reaches (it fills them by COPY, which row-level security forbids).
create function admin_data.private_tables() returns setof regclass language sql stable
as $$
    select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname like '%\_data' and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname !~ '^(line|meter_month|house_month|exception)_[0-9]+$'
$$;
