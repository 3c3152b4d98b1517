-- Subsidies for housing and utilities (субсидии; ЖК 159, dossier § 5.3): decisions of social protection, by account and whole months.

-- Which help a category names: a privilege of a person by rules, or a subsidy of a family by a decision.
alter table billing_data.privilege_category add column kind text not null default 'privilege'
    constraint privilege_category_kind check (kind in ('privilege', 'subsidy'));

insert into billing_data.privilege_category (code, title, citation, kind, origin)
select v.code, v.title, v.citation, 'subsidy', o.id
from (values
    ('housing_subsidy', 'Субсидия на оплату жилья и коммунальных услуг', 'ЖК РФ, ст. 159; ПП РФ от 14.12.2005 № 761'),
    ('regional_subsidy', 'Дополнительная субсидия региона', 'закон региона'),
    ('noncash_subsidy', 'Безналичная жилищная субсидия', 'Указ Президента Республики Беларусь от 29.08.2016 № 322')
) v (code, title, citation)
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

-- A sum, or the numbers of the formula of ПП РФ № 761; never both.
call admin_data.make_fact(
    'billing', 'subsidy', 'Субсидия', 'cards_data.account', 'account_id',
    '{account_id,category_id}',
    'account_id bigint not null references cards_data.account, category_id bigint not null references billing_data.privilege_category',
    '{person_id,form,amount,persons,income,share,minimum,standard,document}',
    'person_id bigint references passport_data.person,
     form text constraint subsidy_form check (form in (''discount'', ''cash'')),
     amount numeric(14,2) constraint subsidy_amount check (amount > 0),
     persons smallint constraint subsidy_persons check (persons > 0),
     income numeric(14,2) constraint subsidy_income check (income >= 0),
     share numeric(7,4) constraint subsidy_share check (share > 0 and share <= 100),
     minimum numeric(14,2) constraint subsidy_minimum check (minimum > 0),
     standard numeric(14,2) constraint subsidy_standard check (standard > 0),
     document text,
     constraint subsidy_measured check (void or num_nonnulls(persons, income, share, minimum, standard) = case when amount is null then 5 else 0 end),
     constraint subsidy_whole_months check (
         extract(day from valid_from) = 1 and (valid_to = ''infinity'' or extract(day from valid_to) = 1)
     )',
    '{person_id,form,document}', 'account'
);
create index subsidy_account on billing_data.subsidy (account_id) where retracted is null;

do $$
declare
    v_constraint record;
begin
    for v_constraint in
        select conname from pg_constraint where conrelid = 'billing_data.subsidy'::regclass and contype in ('c', 'x')
    loop
        execute format('comment on constraint %I on billing_data.subsidy is %L', v_constraint.conname, case v_constraint.conname
            when 'subsidy_days' then 'начало не раньше окончания'
            when 'subsidy_marks' then 'отменено раньше, чем записано'
            when 'subsidy_complete' then 'не указаны получатель, форма или решение'
            when 'subsidy_no_overlap' then 'на эти месяцы субсидия уже есть'
            when 'subsidy_form' then 'форма бывает discount (в квитанции) и cash (деньгами)'
            when 'subsidy_amount' then 'сумма субсидии — больше нуля'
            when 'subsidy_persons' then 'человек в семье — больше нуля'
            when 'subsidy_income' then 'доход семьи не меньше нуля'
            when 'subsidy_share' then 'доля расходов — больше нуля и не больше ста процентов'
            when 'subsidy_minimum' then 'прожиточный минимум — больше нуля'
            when 'subsidy_standard' then 'стандарт стоимости — больше нуля'
            when 'subsidy_measured' then 'указывают сумму либо все числа формулы: человек, доход, долю, прожиточный минимум, стандарт'
            else 'субсидия назначается на целые месяцы'
        end);
    end loop;
end $$;
comment on constraint privilege_category_kind on billing_data.privilege_category is 'категория — льгота (privilege) или субсидия (subsidy)';
comment on column billing_data.subsidy.account_id is 'лицевой счёт';
comment on column billing_data.subsidy.category_id is 'вид субсидии';
comment on column billing_data.subsidy.person_id is 'получатель субсидии';
comment on column billing_data.subsidy.form is 'форма';
comment on column billing_data.subsidy.amount is 'сумма в месяц, ₽';
comment on column billing_data.subsidy.persons is 'человек в семье';
comment on column billing_data.subsidy.income is 'доход семьи в месяц, ₽';
comment on column billing_data.subsidy.share is 'доля расходов, %';
comment on column billing_data.subsidy.minimum is 'прожиточный минимум на человека, ₽';
comment on column billing_data.subsidy.standard is 'стандарт стоимости на человека, ₽';
comment on column billing_data.subsidy.document is 'решение';

insert into cards_data.parameter (code, title) values
    ('subsidy_months', 'Субсидия назначается не больше чем на столько месяцев'),
    ('subsidy_share_most', 'Наибольшая доля расходов семьи на жильё и коммунальные услуги, %');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, v.valid_from, v.value, v.citation, o.known, o.id
from (values
    ('subsidy_months', date '2006-01-01', 6, 'ПП РФ от 14.12.2005 № 761'),
    ('subsidy_share_most', date '2006-01-01', 22, 'ЖК РФ, ст. 159; федеральный стандарт максимально допустимой доли расходов')
) v (code, valid_from, value, citation)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('455', 'menu-subsidies', 'Субсидии месяца', 'billing', 'month', 76, '{kvartal_accountant,kvartal_centre}');
