-- Subsidies of Belarus (Указ 29.08.2016 № 322) and Ukraine (постановление КМУ 21.10.1995 № 848) by their formulas: what the payment within
-- the norms is above a share of the income. Which numbers a decision names follows from the kind of subsidy.
alter table billing_data.privilege_category add column formula text
    constraint privilege_category_formula check (formula in ('russia', 'belarus', 'ukraine'));
update billing_data.privilege_category set formula = case code when 'noncash_subsidy' then 'belarus' else 'russia' end where kind = 'subsidy';
insert into billing_data.privilege_category (code, title, citation, kind, formula, origin)
select 'household_subsidy', 'Жилищная субсидия, Украина', 'Постановление КМУ от 21.10.1995 № 848', 'subsidy', 'ukraine', o.id
from admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';
alter table billing_data.privilege_category add constraint privilege_category_counted check ((kind = 'subsidy') = (formula is not null));
comment on constraint privilege_category_formula on billing_data.privilege_category is 'формула субсидии — russia, belarus или ukraine';
comment on constraint privilege_category_counted on billing_data.privilege_category is 'у субсидии есть формула, у льготы её нет';

-- Russia names all five numbers, Ukraine all but the standard, Belarus income and share.
alter table billing_data.subsidy drop constraint subsidy_measured;
alter table billing_data.subsidy add constraint subsidy_measured check (
    void or case when amount is not null then num_nonnulls(persons, income, share, minimum, standard) = 0
        else num_nonnulls(income, share) = 2 and (num_nonnulls(persons, minimum) = 2 or num_nonnulls(persons, minimum, standard) = 0) end
);
comment on constraint subsidy_measured on billing_data.subsidy is 'указывают сумму либо все числа формулы: человек, доход, долю, прожиточный минимум, стандарт';
