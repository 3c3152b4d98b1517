-- Files brought by operators with rows to be taken into the book: kept from the moment they are read until they are accepted or
-- forgotten, so that what is accepted is what was shown.

create table exchange_data.brought_file (
    id bigint primary key default nextval('admin_data.id_seq'),
    login name not null references admin_data.operator, -- whoever brought it; nobody else sees it
    digest text not null,
    name text not null,
    kind text not null check (kind in ('readings', 'payments')),
    encoding text not null,
    at timestamptz not null default clock_timestamp()
);
create index brought_file_login on exchange_data.brought_file (login, digest);

create table exchange_data.brought_row (
    file_id bigint not null references exchange_data.brought_file on delete cascade,
    line int not null,
    account text,
    serial text,
    register smallint,
    day date,
    value numeric(15, 5), -- the reading, or the amount
    problem text,         -- why it could not be read
    primary key (file_id, line)
);

-- How many of a file's rows went into the book; of imports before this, all that were not bad.
alter table exchange_data.import_file add column taken int;

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('960', 'menu-inbox', 'Входящие файлы: показания, платежи', 'exchange', 'service', 215, '{kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_centre}');

do $$
declare
    v_constraint record;
begin
    for v_constraint in
        select c.conname, c.conrelid::regclass as table_name from pg_constraint c
        where c.conrelid = 'exchange_data.brought_file'::regclass and c.contype = 'c'
    loop
        execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_constraint.table_name, 'вид файла — показания или платежи');
    end loop;
end $$;
