-- Privileges (льготы; dossier § 5): categories, what a category is given by service and day, who has one where and since when, and
-- what each of them took off a bill or is paid in money.

create table billing_data.privilege_category (
    id bigint primary key default nextval('admin_data.id_seq'),
    code text not null unique,
    title text not null,
    citation text not null, -- the act that names the category
    origin uuid not null references admin_data.operation
);
comment on table billing_data.privilege_category is 'категория льготы';
comment on constraint privilege_category_code_key on billing_data.privilege_category is 'категория с таким кодом уже есть';

-- `covers` is whose share of the charge is lowered; a social norm of area is a norm by persons, the minimum contribution a tariff.
call admin_data.make_fact(
    'billing', 'privilege_rule', 'Правило льготы', 'billing_data.privilege_category', 'category_id',
    '{category_id,service_id}',
    'category_id bigint not null references billing_data.privilege_category, service_id bigint not null references cards_data.service',
    '{percent,base,covers,funding,form,norm_id,tariff_id,citation}',
    'percent numeric(7,4) constraint privilege_rule_percent check (percent > 0 and percent <= 100),
     base text constraint privilege_rule_base check (base in (''full'', ''norm_area'', ''norm_volume'', ''min_contribution'')),
     covers text constraint privilege_rule_covers check (covers in (''person'', ''family'', ''all'')),
     funding text constraint privilege_rule_funding check (funding in (''federal'', ''regional'', ''municipal'')),
     form text constraint privilege_rule_form check (form in (''discount'', ''cash'')),
     norm_id bigint references cards_data.norm, tariff_id bigint references cards_data.tariff, citation text,
     constraint privilege_rule_whole check (void or base <> ''norm_area'' or norm_id is not null),
     constraint privilege_rule_priced check (void or base <> ''min_contribution'' or tariff_id is not null)',
    '{percent,base,covers,funding,form,citation}', 'city'
);

call admin_data.make_fact(
    'billing', 'privilege', 'Льгота человека', 'cards_data.premises', 'premises_id',
    '{premises_id,person_id,category_id}',
    'premises_id bigint not null references cards_data.premises, person_id bigint not null references passport_data.person,
     category_id bigint not null references billing_data.privilege_category',
    '{members,document}', 'members smallint constraint privilege_members check (members > 0), document text', '{document}', 'premises'
);
create index privilege_premises on billing_data.privilege (premises_id) where retracted is null;

do $$
declare
    v_constraint record;
begin
    for v_constraint in
        select c.conname, c.conrelid::regclass as table_name from pg_constraint c
        where c.conrelid in ('billing_data.privilege_rule'::regclass, 'billing_data.privilege'::regclass) and c.contype in ('c', 'x')
    loop
        execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_constraint.table_name, case
            when v_constraint.conname like '%\_days' then 'начало не раньше окончания'
            when v_constraint.conname like '%\_marks' then 'отменено раньше, чем записано'
            when v_constraint.conname = 'privilege_rule_complete' then 'не указаны процент, база, на кого, бюджет, форма или основание'
            when v_constraint.conname = 'privilege_complete' then 'не указан документ о праве на льготу'
            when v_constraint.conname like '%\_no\_overlap' then 'на эти дни уже есть другое значение'
            when v_constraint.conname = 'privilege_rule_percent' then 'процент — больше нуля и не больше ста'
            when v_constraint.conname = 'privilege_rule_base' then 'база льготы бывает full, norm_area, norm_volume, min_contribution'
            when v_constraint.conname = 'privilege_rule_covers' then 'льгота бывает на человека (person), семью (family), всех (all)'
            when v_constraint.conname = 'privilege_rule_funding' then 'бюджет бывает federal, regional, municipal'
            when v_constraint.conname = 'privilege_rule_form' then 'форма бывает discount (в квитанции) и cash (деньгами)'
            when v_constraint.conname = 'privilege_rule_whole' then 'для нормы площади нужен норматив площади на человека'
            when v_constraint.conname = 'privilege_rule_priced' then 'для минимального взноса нужен тариф взноса'
            else 'членов семьи — больше нуля'
        end);
    end loop;
end $$;

comment on column billing_data.privilege_rule.category_id is 'категория';
comment on column billing_data.privilege_rule.service_id is 'услуга';
comment on column billing_data.privilege_rule.percent is 'процент';
comment on column billing_data.privilege_rule.base is 'от чего';
comment on column billing_data.privilege_rule.covers is 'на кого';
comment on column billing_data.privilege_rule.funding is 'бюджет';
comment on column billing_data.privilege_rule.form is 'форма';
comment on column billing_data.privilege_rule.norm_id is 'норма площади';
comment on column billing_data.privilege_rule.tariff_id is 'тариф взноса';
comment on column billing_data.privilege_rule.citation is 'основание';
comment on column billing_data.privilege.premises_id is 'помещение';
comment on column billing_data.privilege.person_id is 'человек';
comment on column billing_data.privilege.category_id is 'категория';
comment on column billing_data.privilege.members is 'членов семьи';
comment on column billing_data.privilege.document is 'документ';

-- What each person and category took off, or is paid in money; written by the worker with the lines of its run. Of what is on the
-- bill the sum stands in billing_data.line too, a row a budget; what is paid in money stands here alone, for no bill knows of it.
create table billing_data.privilege_line (
    run int not null,
    unit_id bigint not null,
    scope int not null,
    account_id bigint not null,
    service_id bigint not null,
    contract_id bigint not null,
    component smallint not null,
    source_month date not null,
    cause bigint not null default 0,
    person_id bigint not null,
    category_id bigint not null,
    volume numeric(22,7) not null,
    amount numeric(14,2) not null
) partition by list (run);
alter table billing_data.privilege_line
    add primary key (run, account_id, service_id, contract_id, component, source_month, cause, person_id, category_id);
create index privilege_line_unit on billing_data.privilege_line (unit_id);

create or replace function billing_data.run_tables() returns text[] language sql immutable
as $$ select array['line', 'meter_month', 'house_month', 'exception', 'privilege_line'] $$;

create or replace function admin_data.private_tables() returns setof regclass language sql stable
as $$
    select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname like '%\_data' and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname !~ '^(line|meter_month|house_month|exception|privilege_line)_[0-9]+$'
$$;

-- Runs made before have nobody's privileges.
do $$
declare
    v_run record;
begin
    for v_run in select id, state from billing_data.run loop
        if v_run.state = 'building' then
            execute format('create table billing_data.%I (like billing_data.privilege_line including defaults)', 'privilege_line_' || v_run.id);
            execute format('grant select, insert, delete on billing_data.%I to kvartal_worker', 'privilege_line_' || v_run.id);
        else
            execute format('create table billing_data.%I partition of billing_data.privilege_line for values in (%s)', 'privilege_line_' || v_run.id, v_run.id);
        end if;
    end loop;
end $$;

-- Federal categories; percents by service are the centre's to write down, for they depend on stock, region and service.
insert into billing_data.privilege_category (code, title, citation, origin)
select v.code, v.title, v.citation, o.id
from (values
    ('disabled', 'Инвалиды I–III групп', '181-ФЗ от 24.11.1995, ст. 17'),
    ('disabled_child', 'Семьи с детьми-инвалидами', '181-ФЗ от 24.11.1995, ст. 17'),
    ('war_invalid', 'Инвалиды войны', '5-ФЗ от 12.01.1995, ст. 14'),
    ('war_veteran', 'Участники войны', '5-ФЗ от 12.01.1995, ст. 15'),
    ('combat_veteran', 'Ветераны боевых действий', '5-ФЗ от 12.01.1995, ст. 16'),
    ('blockade', 'Жители осаждённого Ленинграда', '5-ФЗ от 12.01.1995, ст. 18'),
    ('fallen_family', 'Члены семей погибших', '5-ФЗ от 12.01.1995, ст. 21'),
    ('radiation', 'Пострадавшие от радиации', '1244-1 от 15.05.1991, ст. 14; 175-ФЗ от 26.11.1998; 2-ФЗ от 10.01.2002'),
    ('hero', 'Герои и полные кавалеры орденов', '4301-1 от 15.01.1993; 5-ФЗ от 09.01.1997'),
    ('large_family', 'Многодетные семьи', 'Указ Президента РФ от 23.01.2024 № 63; закон региона'),
    ('repair_seventy', 'Неработающие одинокие собственники от 70 лет', 'ЖК РФ, ст. 169 ч. 2.1; закон региона'),
    ('repair_eighty', 'Неработающие одинокие собственники от 80 лет', 'ЖК РФ, ст. 169 ч. 2.1; закон региона'),
    ('labour_veteran', 'Ветераны труда', '5-ФЗ от 12.01.1995, ст. 22; закон региона'),
    ('home_front', 'Труженики тыла', '5-ФЗ от 12.01.1995, ст. 20; закон региона'),
    ('rehabilitated', 'Реабилитированные', '1761-1 от 18.10.1991, ст. 16; закон региона')
) v (code, title, citation)
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

insert into cards_data.parameter (code, title) values
    ('benefit_one_ground_per_person', 'Одна льгота на человека по услуге, наибольшая: 1 — да, 0 — складываются');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', 1, 'Практика: при нескольких основаниях льгота одна, по выбору гражданина; берётся наибольшая', o.known, o.id
from cards_data.parameter p
cross join admin_data.operation o
where p.code = 'benefit_one_ground_per_person' and o.id = '00000000-0000-4000-8000-000000000000';

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('450', 'menu-privileges', 'Льготы: категории и правила', 'billing', 'directories', 95, '{kvartal_accountant,kvartal_centre,kvartal_passport}'),
    ('453', 'menu-privilege-cost', 'Расходы на льготы', 'billing', 'month', 75, '{kvartal_accountant,kvartal_centre}');
