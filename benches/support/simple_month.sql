-- The month as one statement, simplified: what stands on the first day is taken for the whole month. One rate of a tariff,
-- norms without a table, the last reading less the one before or else the norm, no averages, no shares by days, no
-- house meters, no recalculation, no explanation. $1 is the month.
with
    account as (
        select o.account_id, a.unit_id, a.scope, a.premises_id, p.house_id
        from cards_data.account_open o
        join cards_data.account a on a.id = o.account_id
        join cards_data.premises p on p.id = a.premises_id
        where o.retracted is null and not o.void and o.valid_from <= $1 and $1 < o.valid_to
    ),
    own_plan as (
        select account_id, service_id, is_off, contract_id, method, tariff_id, norm_id
        from cards_data.account_plan
        where retracted is null and not void and valid_from <= $1 and $1 < valid_to
    ),
    plan as (
        select a.account_id, a.unit_id, a.scope, a.premises_id, h.service_id,
            coalesce(o.contract_id, h.contract_id) as contract_id,
            coalesce(o.method, h.method) as method,
            coalesce(o.tariff_id, h.tariff_id) as tariff_id,
            coalesce(o.norm_id, h.norm_id) as norm_id
        from account a
        join cards_data.house_plan h on h.house_id = a.house_id
            and h.retracted is null and not h.void and h.valid_from <= $1 and $1 < h.valid_to
        left join own_plan o on o.account_id = a.account_id and o.service_id = h.service_id
        where o.is_off is not true
    ),
    rate as (
        select tariff_id, min(rate) as rate from cards_data.tariff_rate
        where retracted is null and not void and valid_from <= $1 and $1 < valid_to group by tariff_id
    ),
    norm as (
        select norm_id, min(value) as value from cards_data.norm_value
        where retracted is null and not void and valid_from <= $1 and $1 < valid_to group by norm_id
    ),
    persons as (
        select premises_id, count(*) as persons from passport_data.residence
        where retracted is null and not void and valid_from <= $1 and $1 < valid_to group by premises_id
    ),
    used as (
        select m.premises_id, m.service_id, sum(r.value - r.before) as volume
        from (
            select meter_id, register, valid_from, value,
                lag(value) over (partition by meter_id, register order by valid_from) as before
            from meters_data.meter_reading where retracted is null and valid_from >= ($1 - interval '1 month')::date
        ) r
        join meters_data.meter m on m.id = r.meter_id
        where r.valid_from >= $1 and r.valid_from < ($1 + interval '1 month')::date and r.before is not null and m.premises_id is not null
        group by m.premises_id, m.service_id
    ),
    volume as (
        select p.*, r.rate, case
            when p.method in ('area_total', 'house_meter') then s.area_total
            when p.method = 'area_heated' then s.area_heated
            when p.method = 'quantity' then 1
            else coalesce(u.volume, n.value * coalesce(c.persons, 1), coalesce(c.persons, 1))
        end as volume
        from plan p
        left join cards_data.premises_area s on s.premises_id = p.premises_id
            and s.retracted is null and not s.void and s.valid_from <= $1 and $1 < s.valid_to
        left join rate r on r.tariff_id = p.tariff_id
        left join norm n on n.norm_id = p.norm_id
        left join persons c on c.premises_id = p.premises_id
        left join used u on u.premises_id = p.premises_id and u.service_id = p.service_id
    )
insert into simple_line
    (run, unit_id, scope, account_id, service_id, contract_id, component, source_month, cause, basis, volume, rate, amount)
select 0, unit_id, scope, account_id, service_id, contract_id, 1, $1, 0, 1,
    coalesce(volume, 0), coalesce(rate, 0), round(coalesce(volume * rate, 0), 2)
from volume
