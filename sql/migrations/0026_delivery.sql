-- Delivery: where documents are printed, and the orders to print them. An order is an operation; what became of it is its row.

create table admin_data.printer (
    id bigint primary key generated always as identity,
    name text not null unique,
    -- queue: of the server's spooler; folder: on the server, {login} in its path is the operator; outbox and terminal: the operator's own,
    -- done by the workstation.
    way text not null constraint printer_way_known check (way in ('queue', 'folder', 'outbox', 'terminal')),
    target text constraint printer_target_told check ((target is not null) = (way in ('queue', 'folder'))),
    prints text not null constraint printer_prints_known check (prints in ('pdf', 'text')),
    columns smallint not null default 80 constraint printer_columns_known check (columns in (80, 132)), -- of a line, of text
    charset text not null default 'utf-8' constraint printer_charset_known check (charset in ('utf-8', 'cp866')),
    is_active boolean not null default true
);

-- Where an operator prints documents of a kind.
create table admin_data.printer_default (
    login name not null references admin_data.operator,
    kind text not null references admin_data.document_kind,
    printer_id bigint not null references admin_data.printer,
    primary key (login, kind)
);

create table admin_data.print_order (
    id uuid primary key references admin_data.operation,
    number bigint not null unique generated always as identity,
    document_id uuid not null references admin_data.document,
    scope int not null references admin_data.scope,
    printer_id bigint not null references admin_data.printer,
    copies smallint not null constraint print_order_copies_known check (copies between 1 and 99),
    as_copy boolean not null,      -- the sheet says that it is a copy
    operator name not null,
    -- taken: whoever prints has it; if he is gone, nobody knows whether it was printed, and a person decides.
    state text not null default 'waiting' check (state in ('waiting', 'taken', 'done', 'failed', 'cancelled')),
    tries smallint not null default 0,
    reason text,
    hint text,
    spooled text,                  -- what the spooler calls it, or the path of the file
    ordered_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz
);
create index print_order_open on admin_data.print_order (number) where state in ('waiting', 'taken');
create index print_order_document on admin_data.print_order (document_id, number);

comment on table admin_data.printer is 'принтер';
comment on table admin_data.print_order is 'печать документа';
comment on constraint printer_way_known on admin_data.printer is 'способ: queue, folder, outbox, terminal';
comment on constraint printer_target_told on admin_data.printer is 'для очереди и папки сервера указывают имя очереди или путь, для остальных — ничего';
comment on constraint printer_prints_known on admin_data.printer is 'печатает pdf или text';
comment on constraint printer_columns_known on admin_data.printer is 'в строке 80 или 132 знака';
comment on constraint printer_charset_known on admin_data.printer is 'кодировка utf-8 или cp866';
comment on constraint print_order_copies_known on admin_data.print_order is 'экземпляров от 1 до 99';

-- Every operator has these.
insert into admin_data.printer (name, way, prints, charset) values
    ('Папка исходящих', 'outbox', 'pdf', 'utf-8'),
    ('Принтер терминала', 'terminal', 'text', 'cp866');

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('950', 'menu-documents', 'Архив документов', 'admin', 'desk', 30, '{kvartal_operator}'),
    ('955', 'menu-prints', 'Печать: что не вышло', 'admin', 'desk', 40, '{kvartal_operator}'),
    ('953', 'menu-printers', 'Принтеры', 'admin', 'service', 240, '{kvartal_admin}'),
    ('957', 'menu-printer-defaults', 'Что где печатать', 'admin', 'service', 250, '{kvartal_operator}');
