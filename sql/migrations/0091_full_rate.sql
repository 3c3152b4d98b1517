-- Who pays the full tariff among those who do not (Belarus: of working age and without work): a category like those of privileges, whose rule
-- takes nothing off but prices the share above the norms.

alter table billing_data.privilege_rule drop constraint privilege_rule_base;
alter table billing_data.privilege_rule add constraint privilege_rule_base
    check (base in ('full', 'norm_area', 'norm_volume', 'min_contribution', 'full_rate'));
comment on constraint privilege_rule_base on billing_data.privilege_rule is
    'база льготы бывает full, norm_area, norm_volume, min_contribution; full_rate — доля по полному тарифу';
