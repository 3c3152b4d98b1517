-- The desk: sessions of workstations, menu, settings of operators, what an operation touched, the one-line search, phones and
-- papers of persons, rounds of meters.

-- One row a running workstation. resume is what brings the screens back after a lost line; its operator alone reads it.
create table admin_data.session (
    id uuid primary key default gen_random_uuid(),
    login name not null references admin_data.operator,
    terminal text not null,
    host text not null,
    version text not null,
    started_at timestamptz not null default clock_timestamp(),
    last_key_at timestamptz not null default clock_timestamp(),
    screen text,             -- code of the screen on top
    resume jsonb,
    take_asked_at timestamptz,
    taken_by uuid references admin_data.session on delete set null,
    ended_at timestamptz
);
create index session_login on admin_data.session (login, last_key_at);
insert into admin_data.setting (name, value) values
    ('least_version', '0'),  -- an older program is refused at login
    ('reading_factor', '5'), -- a use of so many averages and over the floor is asked again
    ('reading_floor', '100');

create table admin_data.menu_item (
    code text primary key,   -- code of the screen
    title_key text not null, -- words in the locales
    title text not null,     -- the same in Russian, for whoever has no locale
    module text not null,
    section text not null,
    sort smallint not null,
    roles name[] not null
);
insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('100', 'menu-search', 'Найти счёт, дом, человека, прибор', 'cards', 'desk', 10, '{kvartal_operator}'),
    ('110', 'menu-recent', 'Недавно открытые', 'cards', 'desk', 20, '{kvartal_operator}'),
    ('130', 'menu-tariffs', 'Тарифы', 'cards', 'directories', 30, '{kvartal_accountant,kvartal_centre,kvartal_debt}'),
    ('140', 'menu-parameters', 'Параметры расчёта', 'cards', 'directories', 40, '{kvartal_accountant,kvartal_centre}'),
    ('210', 'menu-arrival', 'Регистрация жителя', 'passport', 'people', 50, '{kvartal_passport,kvartal_centre}'),
    ('310', 'menu-routes', 'Показания: обходы', 'meters', 'meters', 60, '{kvartal_accountant,kvartal_cashier,kvartal_dispatcher,kvartal_centre}'),
    ('410', 'menu-months', 'Месяцы: расчёт, выпуск, закрытие', 'billing', 'month', 70, '{kvartal_accountant,kvartal_centre}'),
    ('420', 'menu-exceptions', 'Контрольный список', 'billing', 'month', 80, '{kvartal_accountant,kvartal_centre}'),
    ('510', 'menu-transfers', 'Перечисления поставщикам', 'finance', 'money', 90, '{kvartal_accountant,kvartal_centre}'),
    ('910', 'menu-journal', 'Журнал операций', 'admin', 'service', 200, '{kvartal_operator}'),
    ('920', 'menu-jobs', 'Задания', 'admin', 'service', 210, '{kvartal_centre,kvartal_accountant,kvartal_admin}'),
    ('930', 'menu-sessions', 'Рабочие места', 'admin', 'service', 220, '{kvartal_admin}'),
    ('940', 'menu-readings-of-cards', 'Кто читал карточки', 'passport', 'service', 230, '{kvartal_admin}'),
    ('990', 'menu-settings', 'Настройки рабочего места', 'admin', 'service', 290, '{kvartal_operator}');

create table admin_data.operator_setting (
    login name not null references admin_data.operator,
    name text not null,
    value text not null,
    primary key (login, name)
);

create table admin_data.recent (
    login name not null references admin_data.operator,
    kind text not null,
    object_id bigint not null,
    title text not null,
    opened_at timestamptz not null default clock_timestamp(),
    primary key (login, kind, object_id)
);

-- What an operation touched, written by the door and the machinery of facts. Bulk loads are not in it: their journal row is enough.
create table admin_data.operation_subject (
    kind text not null,        -- account, premises, house, meter, person, tariff …: the table of the thing; operation: the one undone
    object_id bigint not null, -- its id; of an operation its mark
    known bigint not null references admin_data.operation (known),
    primary key (kind, object_id, known)
);
create index operation_subject_known on admin_data.operation_subject (known);
-- What was done before this table stood; loads from other programs touched everything, and are left out as they would be now.
do $$
declare
    v_fact admin_data.fact_kind;
begin
    for v_fact in select * from admin_data.fact_kind loop
        execute format(
            'insert into admin_data.operation_subject (kind, object_id, known)
             select distinct %L, f.%I, o.known from %s f join admin_data.operation o on o.id = f.origin
             where o.kind not in (''admin.setup'', ''demo.town'') and o.kind not like ''exchange.%%'' on conflict do nothing',
            (select relname from pg_class where oid = v_fact.entity_table), v_fact.entity_column, v_fact.fact_table
        );
    end loop;
end $$;
create index operation_by_operator on admin_data.operation (operator, known);
create index operation_by_kind on admin_data.operation (kind, known);

-- The one-line search: a row an account, a house, and a person at premises, each with the words it is found by. `#12` is a house,
-- `№45` premises, `~Н` the first letter of a name, `=ИВАНОВ` the surname, `@ЛЕНИНА` the street of a house's own row.
drop table cards_data.search_entry;
create table cards_data.search_entry (
    id bigint primary key generated always as identity,
    kind text not null,
    object_id bigint not null,
    premises_id bigint, -- null for a house
    scope int not null,
    house text not null,
    title text not null,
    subtitle text not null,
    words tsvector not null
);
create index search_object on cards_data.search_entry (object_id, kind);
create index search_premises on cards_data.search_entry (premises_id);
create index search_words on cards_data.search_entry using gin (words) with (fastupdate = off);
-- Every word any row was ever found by: typos are put right among these few, not among all rows.
create table cards_data.search_word (word text primary key);
create index search_word_begin on cards_data.search_word (word text_pattern_ops);
create index search_word_like on cards_data.search_word using gin (word gin_trgm_ops);
create index meter_serial_begin on meters_data.meter (upper(regexp_replace(serial, '[^[:alnum:]]', '', 'g')) text_pattern_ops);

call admin_data.make_fact(
    'passport', 'phone', 'Телефон', 'passport_data.person', 'person_id',
    '{person_id,phone_no}', 'person_id bigint not null references passport_data.person, phone_no smallint not null default 1',
    '{number,note}', 'number text constraint phone_number check (number ~ ''^\+?[0-9]{5,15}$''), note text', '{number}', 'none'
);
create index phone_begin on passport_data.phone (reverse(number) text_pattern_ops) where retracted is null;

call admin_data.make_fact(
    'passport', 'identity_document', 'Документ, удостоверяющий личность', 'passport_data.person', 'person_id',
    '{person_id,kind}', 'person_id bigint not null references passport_data.person, kind text not null default ''passport''',
    '{series,number,issued_on,issued_by,issuer_code}',
    'series text, number text, issued_on date, issued_by text, issuer_code text', '{number}', 'none'
);

-- Who read whose card: written by the reading itself, changed by nobody.
create table passport_data.card_reading (
    id bigint primary key generated always as identity,
    person_id bigint not null references passport_data.person,
    operator name not null,
    at timestamptz not null default clock_timestamp()
);
create index card_reading_person on passport_data.card_reading (person_id, id);
create index account_holder_person on cards_data.account_holder (person_id) where retracted is null;
create index ownership_person on passport_data.ownership (person_id) where retracted is null;
create index residence_person on passport_data.residence (person_id) where retracted is null;

-- Verification is a range of days: from the day it was made until the next is due.
call admin_data.make_fact(
    'meters', 'meter_verified', 'Поверка прибора', 'meters_data.meter', 'meter_id',
    '{meter_id}', 'meter_id bigint not null references meters_data.meter', '{certificate}', 'certificate text', '{}', 'none'
);
call admin_data.make_fact(
    'meters', 'meter_no_access', 'Нет доступа к прибору', 'meters_data.meter', 'meter_id',
    '{meter_id}', 'meter_id bigint not null references meters_data.meter', '{note}', 'note text', '{}', 'none', true
);
-- What use of a service is beyond belief; without a row the settings of the server count.
call admin_data.make_fact(
    'meters', 'reading_limit', 'Пределы правдоподобного расхода', 'cards_data.service', 'service_id',
    '{service_id}', 'service_id bigint not null references cards_data.service', '{factor,floor}',
    'factor numeric(6,2) check (factor > 0), floor numeric(15,5) check (floor >= 0)', '{factor,floor}', 'none'
);

-- A round: meters in the order of walking. A meter is on one round at most.
create table meters_data.route (
    id bigint primary key default nextval('admin_data.id_seq'),
    scope int not null references admin_data.scope,
    name text not null,
    origin uuid not null references admin_data.operation
);
create unique index route_name on meters_data.route (scope, name);
call admin_data.make_fact(
    'meters', 'route_stop', 'Место в обходе', 'meters_data.meter', 'meter_id',
    '{meter_id}', 'meter_id bigint not null references meters_data.meter', '{route_id,walk_no}',
    'route_id bigint references meters_data.route, walk_no int check (walk_no > 0)', '{route_id,walk_no}', 'none'
);
create index route_stop_route on meters_data.route_stop (route_id) where retracted is null;
create index route_stop_route_past on meters_data.route_stop (route_id) where retracted is not null;
