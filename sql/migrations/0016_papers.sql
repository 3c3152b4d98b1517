-- Papers of the passport desk: what they print that was not kept yet, and the journal of those issued.

call admin_data.make_fact(
    'passport', 'person_birth', 'Место рождения', 'passport_data.person', 'person_id',
    '{person_id}', 'person_id bigint not null references passport_data.person',
    '{birth_country,birth_region,birth_district,birth_town}',
    'birth_country text, birth_region text, birth_district text, birth_town text', '{birth_town}', 'none'
);
call admin_data.make_fact(
    'passport', 'citizenship', 'Гражданство', 'passport_data.person', 'person_id',
    '{person_id}', 'person_id bigint not null references passport_data.person', '{country}', 'country text', '{country}', 'none'
);
-- A name in a case the rules get wrong, as its owner writes it.
call admin_data.make_fact(
    'passport', 'person_name_case', 'Имя в падеже', 'passport_data.person', 'person_id',
    '{person_id,name_case}',
    'person_id bigint not null references passport_data.person, name_case text not null constraint person_name_case_known check (name_case in (''genitive'', ''dative'', ''accusative'', ''instrumental'', ''prepositional''))',
    '{last_name,first_name,middle_name}', 'last_name text, first_name text, middle_name text', '{last_name,first_name}', 'none'
);
-- Of the day a stay begins, and of the day it ends (the first one no longer registered).
call admin_data.make_fact(
    'passport', 'residence_arrival', 'Откуда прибыл', 'cards_data.premises', 'premises_id',
    '{person_id,premises_id}', 'premises_id bigint not null references cards_data.premises, person_id bigint not null references passport_data.person',
    '{came_from,reason}', 'came_from text, reason text', '{}', 'none', true
);
call admin_data.make_fact(
    'passport', 'residence_departure', 'Куда выбыл', 'cards_data.premises', 'premises_id',
    '{person_id,premises_id}', 'premises_id bigint not null references cards_data.premises, person_id bigint not null references passport_data.person',
    '{went_to,reason}', 'went_to text, reason text', '{}', 'none', true
);
call admin_data.make_fact(
    'passport', 'premises_tenure', 'Право на помещение', 'cards_data.premises', 'premises_id',
    '{premises_id}', 'premises_id bigint not null references cards_data.premises',
    '{tenure,document}',
    'tenure text constraint premises_tenure_known check (tenure in (''ownership'', ''social'', ''service'', ''commercial'')), document text', '{tenure}', 'none'
);
-- Who signs for an organisation.
call admin_data.make_fact(
    'cards', 'officer', 'Должностное лицо', 'cards_data.organisation', 'organisation_id',
    '{organisation_id,office}',
    'organisation_id bigint not null references cards_data.organisation, office text not null constraint officer_known check (office in (''head'', ''accountant'', ''passport''))',
    '{post,last_name,first_name,middle_name}', 'post text, last_name text, first_name text, middle_name text', '{post,last_name,first_name}', 'none'
);

-- Kinds of papers: what they are about, who is asked for, which template. A centre may stop issuing one (some towns abolished the
-- certificate of the family) and sets how long one is valid.
create table passport_data.paper_kind (
    id bigint primary key,
    code text not null unique,
    title text not null,
    template text not null,       -- file below reports/
    series text not null,         -- begins its numbers
    is_of_person boolean not null,
    valid_days smallint not null
);
insert into passport_data.paper_kind (id, code, title, template, series, is_of_person, valid_days) values
    (1, 'house_book', 'Выписка из домовой книги', 'passport/house_book.md', 'В', false, 30),
    (2, 'registered', 'Справка о зарегистрированных', 'passport/registered.md', 'С', false, 30),
    (3, 'household', 'Справка о составе семьи', 'passport/household.md', 'С', true, 30),
    (4, 'apartment_card', 'Поквартирная карточка, форма № 10', 'passport/apartment_card.md', 'К10', false, 0),
    (5, 'registration_card', 'Карточка регистрации, форма № 9', 'passport/registration_card.md', 'К9', true, 0);
call admin_data.make_fact(
    'passport', 'paper_terms', 'Порядок выдачи справки', 'passport_data.paper_kind', 'paper_kind_id',
    '{paper_kind_id}', 'paper_kind_id bigint not null references passport_data.paper_kind',
    '{is_issued,valid_days}', 'is_issued boolean, valid_days smallint constraint paper_terms_days_known check (valid_days between 0 and 3650)', '{is_issued}', 'none'
);

-- Numbers run on by series and year; the row is locked by who draws one, so none is missing.
create table passport_data.paper_series (
    series text not null,
    year smallint not null,
    last int not null,
    primary key (series, year)
);

-- One row a paper issued. What it says is kept as it was said; the file is made of it once and never again.
create table passport_data.paper (
    id uuid primary key references admin_data.operation,
    kind_id bigint not null references passport_data.paper_kind,
    number text not null unique,
    unit_id bigint not null,
    scope int not null,
    premises_id bigint not null references cards_data.premises,
    person_id bigint references passport_data.person,
    as_of date not null,
    purpose text,
    issued_at timestamptz not null default clock_timestamp(),
    operator name not null,
    content jsonb not null,
    template_digest bytea,
    digest bytea,
    pdf bytea,
    body text
);
create index paper_premises on passport_data.paper (premises_id, issued_at);
create index paper_person on passport_data.paper (person_id, issued_at);
create index paper_issued on passport_data.paper (issued_at, id);

comment on table passport_data.paper_kind is 'вид справки';
comment on table passport_data.paper is 'справка';

do $$
declare
    v_fact admin_data.fact_kind;
    v_constraint record;
    v_title record;
begin
    for v_fact in select * from admin_data.fact_kind
        where name in ('person_birth', 'citizenship', 'person_name_case', 'residence_arrival', 'residence_departure', 'premises_tenure', 'officer', 'paper_terms')
    loop
        for v_constraint in select conname from pg_constraint where conrelid = v_fact.fact_table and contype in ('c', 'x') loop
            execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_fact.fact_table, case
                when v_constraint.conname = v_fact.name || '_days' then 'начало не раньше окончания'
                when v_constraint.conname = v_fact.name || '_marks' then 'отменено раньше, чем записано'
                when v_constraint.conname = v_fact.name || '_complete' then 'не указано ' || array_to_string(v_fact.required_columns, ', ')
                when v_constraint.conname = v_fact.name || '_no_overlap' then 'на эти дни уже есть другое значение'
                when v_constraint.conname = 'person_name_case_known' then 'падежи: genitive, dative, accusative, instrumental, prepositional'
                when v_constraint.conname = 'premises_tenure_known' then 'право: ownership, social, service, commercial'
                when v_constraint.conname = 'officer_known' then 'должности: head, accountant, passport'
                else 'дней от 0 до 3650'
            end);
        end loop;
        for v_title in
            select t.name, t.title from (values
                ('person_id', 'человек'), ('premises_id', 'помещение'), ('organisation_id', 'организация'), ('paper_kind_id', 'вид справки'),
                ('birth_country', 'страна рождения'), ('birth_region', 'регион рождения'), ('birth_district', 'район рождения'),
                ('birth_town', 'населённый пункт рождения'), ('country', 'гражданство'), ('name_case', 'падеж'), ('last_name', 'фамилия'),
                ('first_name', 'имя'), ('middle_name', 'отчество'), ('came_from', 'откуда прибыл'), ('went_to', 'куда выбыл'), ('reason', 'причина'),
                ('tenure', 'право'), ('document', 'документ'), ('office', 'чья подпись'), ('post', 'должность'), ('is_issued', 'выдаётся'),
                ('valid_days', 'дней действительна')
            ) t (name, title)
            where t.name = any (v_fact.key_columns::text[] || v_fact.value_columns::text[])
        loop
            execute format('comment on column %s.%I is %L', v_fact.fact_table, v_title.name, v_title.title);
        end loop;
    end loop;
end $$;
comment on index passport_data.residence_arrival_point is 'на этот день уже записано, откуда прибыл';
comment on index passport_data.residence_departure_point is 'на этот день уже записано, куда выбыл';

-- The journal of issued papers in the menu.
insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('240', 'menu-papers', 'Журнал выданных справок', 'passport', 'desk', 20, '{kvartal_passport,kvartal_centre}');
