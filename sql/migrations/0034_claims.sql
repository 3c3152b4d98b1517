-- Acts of undersupply and bad quality (354 раздел IX, Прил. 1; dossier § 3): kinds of deviation with their dated limits, acts with
-- intervals to the minute in the house's local time, and what an executor charged too much.

create schema claims_data;

create table claims_data.deficiency (
    id bigint primary key default nextval('admin_data.id_seq'),
    code text not null unique,
    title text not null,
    service_code text not null, -- of the service it may disturb
    measure text not null check (measure in ('interruption', 'room_temperature', 'water_temperature', 'deviation', 'whole_time', 'repair')),
    measured text not null default '', -- what the act must tell: °C, % or nothing
    sort smallint not null,
    origin uuid not null references admin_data.operation
);
comment on table claims_data.deficiency is 'вид отклонения';

-- One line of the table; since: the measured value the line holds from.
call admin_data.make_fact(
    'claims', 'deficiency_limit', 'Предел отклонения', 'claims_data.deficiency', 'deficiency_id',
    '{deficiency_id,line_no}', 'deficiency_id bigint not null references claims_data.deficiency, line_no smallint not null',
    '{since,month_hours,once_hours,rate,unit_hours,required,tolerance_day,tolerance_night,tolerance_up,step,bound,priced_as,citation}',
    'since numeric(7,2), month_hours numeric(7,2), once_hours numeric(7,2), rate numeric(7,4), unit_hours numeric(7,2), required numeric(7,2),
     tolerance_day numeric(7,2), tolerance_night numeric(7,2), tolerance_up numeric(7,2), step numeric(7,2), bound numeric(7,2), priced_as text, citation text,
     constraint deficiency_limit_sane check (void or (rate >= 0 and unit_hours > 0 and coalesce(step, 1) > 0))',
    '{rate,unit_hours,tolerance_day,tolerance_night,citation}', 'city'
);

create table claims_data.act (
    id bigint primary key default nextval('admin_data.id_seq'),
    unit_id bigint not null references billing_data.unit,
    scope int not null references admin_data.scope,
    house_id bigint not null references cards_data.house,
    entrance smallint,
    account_id bigint references cards_data.account,
    service_id bigint not null references cards_data.service,
    deficiency_id bigint not null references claims_data.deficiency,
    number text not null,
    drawn_on date not null,
    note text,
    origin uuid not null references admin_data.operation
);
create index act_house on claims_data.act (house_id);
comment on table claims_data.act is 'акт';

call admin_data.make_fact(
    'claims', 'undersupply', 'Перерыв или ненадлежащее качество', 'cards_data.house', 'house_id',
    '{house_id,act_id,interval_no}',
    'house_id bigint not null references cards_data.house, act_id bigint not null references claims_data.act, interval_no smallint not null',
    '{started_at,ended_at,measured,required}',
    'started_at timestamp, ended_at timestamp, measured numeric(7,2), required numeric(7,2),
     constraint undersupply_times check (void or started_at < ended_at)',
    '{started_at,ended_at}', 'house'
);
create index undersupply_house on claims_data.undersupply (house_id) where retracted is null;

-- What was charged too much in breach of the rules (ЖК 156 ч. 11, 157 ч. 6); true for the days of the month the fine is credited in.
call admin_data.make_fact(
    'billing', 'overcharge', 'Излишне начислено исполнителем', 'cards_data.account', 'account_id',
    '{account_id,service_id}', 'account_id bigint not null references cards_data.account, service_id bigint not null references cards_data.service',
    '{excess,citation}', 'excess numeric(14,2) constraint overcharge_excess check (excess > 0), citation text', '{excess,citation}', 'account'
);

do $$
declare
    v_constraint record;
begin
    for v_constraint in
        select c.conname, c.conrelid::regclass as table_name from pg_constraint c
        where c.conrelid in ('claims_data.deficiency_limit'::regclass, 'claims_data.undersupply'::regclass, 'billing_data.overcharge'::regclass)
            and c.contype in ('c', 'x')
    loop
        execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_constraint.table_name, case
            when v_constraint.conname like '%\_days' then 'начало не раньше окончания'
            when v_constraint.conname like '%\_marks' then 'отменено раньше, чем записано'
            when v_constraint.conname = 'deficiency_limit_complete' then 'не указаны процент, единица времени, допуски или основание'
            when v_constraint.conname = 'undersupply_complete' then 'не указано начало или окончание'
            when v_constraint.conname = 'overcharge_complete' then 'не указаны сумма или основание'
            when v_constraint.conname = 'deficiency_limit_sane' then 'процент не меньше нуля, единица времени и шаг больше нуля'
            when v_constraint.conname = 'undersupply_times' then 'начало не раньше окончания'
            when v_constraint.conname = 'overcharge_excess' then 'излишне начисленное — больше нуля'
            else 'на эти дни уже есть другое значение'
        end);
    end loop;
end $$;

do $$
declare
    v_title record;
begin
    for v_title in
        select t.* from (values
            ('claims_data.deficiency_limit', 'deficiency_id', 'вид отклонения'), ('claims_data.deficiency_limit', 'line_no', 'строка'),
            ('claims_data.deficiency_limit', 'since', 'от измеренного'), ('claims_data.deficiency_limit', 'month_hours', 'часов в месяц'),
            ('claims_data.deficiency_limit', 'once_hours', 'часов сразу'), ('claims_data.deficiency_limit', 'rate', 'процент'),
            ('claims_data.deficiency_limit', 'unit_hours', 'единица, часов'), ('claims_data.deficiency_limit', 'required', 'норма'),
            ('claims_data.deficiency_limit', 'tolerance_day', 'допуск днём'), ('claims_data.deficiency_limit', 'tolerance_night', 'допуск ночью'),
            ('claims_data.deficiency_limit', 'tolerance_up', 'допуск вверх'), ('claims_data.deficiency_limit', 'step', 'шаг'),
            ('claims_data.deficiency_limit', 'bound', 'граница'), ('claims_data.deficiency_limit', 'priced_as', 'по цене услуги'),
            ('claims_data.deficiency_limit', 'citation', 'основание'),
            ('claims_data.undersupply', 'house_id', 'дом'), ('claims_data.undersupply', 'act_id', 'акт'), ('claims_data.undersupply', 'interval_no', 'промежуток №'),
            ('claims_data.undersupply', 'started_at', 'начало'), ('claims_data.undersupply', 'ended_at', 'окончание'),
            ('claims_data.undersupply', 'measured', 'измерено'), ('claims_data.undersupply', 'required', 'норма'),
            ('billing_data.overcharge', 'account_id', 'лицевой счёт'), ('billing_data.overcharge', 'service_id', 'услуга'),
            ('billing_data.overcharge', 'excess', 'излишне начислено'), ('billing_data.overcharge', 'citation', 'основание')
        ) t (of_table, of_column, title)
    loop
        execute format('comment on column %s.%I is %L', v_title.of_table, v_title.of_column, v_title.title);
    end loop;
end $$;

-- The table of 354 Прил. 1.
insert into claims_data.deficiency (code, title, service_code, measure, measured, sort, origin)
select v.code, v.title, v.service_code, v.measure, v.measured, v.sort, o.id
from (values
    ('cold_interruption', 'ХВС: перерыв подачи', 'cold_water', 'interruption', '', 10),
    ('cold_composition', 'ХВС: состав и свойства воды', 'cold_water', 'whole_time', '', 20),
    ('cold_pressure', 'ХВС: давление', 'cold_water', 'deviation', '%', 30),
    ('hot_interruption', 'ГВС: перерыв подачи', 'hot_water', 'interruption', '', 40),
    ('hot_repair', 'ГВС: плановый ремонт', 'hot_water', 'repair', '', 45),
    ('hot_temperature', 'ГВС: температура', 'hot_water', 'water_temperature', '°C', 50),
    ('hot_composition', 'ГВС: состав и свойства воды', 'hot_water', 'whole_time', '', 60),
    ('hot_pressure', 'ГВС: давление', 'hot_water', 'deviation', '%', 70),
    ('sewage_interruption', 'Водоотведение: перерыв', 'sewage', 'interruption', '', 80),
    ('power_two_sources', 'Электроснабжение: перерыв, два источника', 'electricity', 'interruption', '', 90),
    ('power_one_source', 'Электроснабжение: перерыв, один источник', 'electricity', 'interruption', '', 91),
    ('power_quality', 'Электроснабжение: напряжение и частота', 'electricity', 'deviation', '', 100),
    ('gas_interruption', 'Газоснабжение: перерыв подачи', 'gas', 'interruption', '', 110),
    ('gas_properties', 'Газоснабжение: свойства газа', 'gas', 'whole_time', '', 120),
    ('gas_pressure', 'Газоснабжение: давление', 'gas', 'deviation', '%', 130),
    ('heating_interruption', 'Отопление: перерыв', 'heating', 'interruption', '°C', 140),
    ('heating_temperature', 'Отопление: температура в жилом помещении', 'heating', 'room_temperature', '°C', 150),
    ('heating_pressure', 'Отопление: давление', 'heating', 'deviation', '%', 160),
    ('waste_removal', 'ТКО: вывоз', 'waste', 'interruption', '', 170)
) v (code, title, service_code, measure, measured, sort)
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

insert into claims_data.deficiency_limit (deficiency_id, line_no, valid_from, since, month_hours, once_hours, rate, unit_hours, required,
    tolerance_day, tolerance_night, tolerance_up, step, bound, priced_as, citation, asserted, origin)
select d.id, v.line_no, date '2011-09-01', v.since, v.month_hours, v.once_hours, v.rate, v.unit_hours, v.required,
    v.tolerance_day, v.tolerance_night, v.tolerance_up, v.step, v.bound, v.priced_as, 'ПП РФ 06.05.2011 № 354, Прил. 1 п. ' || v.item, o.known, o.id
from (values
    ('cold_interruption', 1, null::numeric, 8::numeric, 4::numeric, 0.15, 1, null::numeric, 0, 0, null::numeric, null::numeric, null::numeric, null, '1'),
    ('cold_composition', 1, null, null, null, 0, 1, null, 0, 0, null, null, null, null, '2; п. 101'),
    ('cold_pressure', 1, null, null, null, 0.1, 1, null, 0, 0, null, null, 25, null, '3'),
    ('hot_interruption', 1, null, 8, 4, 0.15, 1, null, 0, 0, null, null, null, null, '4'),
    ('hot_repair', 1, null, null, null, 0, 1, null, 0, 0, null, null, null, null, '4; пп. 98–100'),
    ('hot_temperature', 1, null, null, null, 0.1, 1, 60, 3, 5, null, 3, 40, 'cold_water', '5'),
    ('hot_composition', 1, null, null, null, 0, 1, null, 0, 0, null, null, null, null, '6; п. 101'),
    ('hot_pressure', 1, null, null, null, 0.1, 1, null, 0, 0, null, null, 25, null, '7'),
    ('sewage_interruption', 1, null, 8, 4, 0.15, 1, null, 0, 0, null, null, null, null, '8'),
    ('power_two_sources', 1, null, 2, null, 0.15, 1, null, 0, 0, null, null, null, null, '9'),
    ('power_one_source', 1, null, 24, null, 0.15, 1, null, 0, 0, null, null, null, null, '9'),
    ('power_quality', 1, null, null, null, 0.15, 1, null, 0, 0, null, null, null, null, '10'),
    ('gas_interruption', 1, null, 4, null, 0.15, 1, null, 0, 0, null, null, null, null, '11'),
    ('gas_properties', 1, null, null, null, 0, 1, null, 0, 0, null, null, null, null, '12; п. 101'),
    ('gas_pressure', 1, null, null, null, 0.1, 1, null, 0, 0, null, null, 25, null, '13'),
    ('heating_interruption', 1, null, 24, 16, 0.15, 1, null, 0, 0, null, null, null, null, '14'),
    ('heating_interruption', 2, 8, 24, 4, 0.15, 1, null, 0, 0, null, null, null, null, '14: в помещении от +8 до +10 °C'),
    ('heating_interruption', 3, 10, 24, 8, 0.15, 1, null, 0, 0, null, null, null, null, '14: от +10 до +12 °C'),
    ('heating_interruption', 4, 12, 24, 16, 0.15, 1, null, 0, 0, null, null, null, null, '14: от +12 °C'),
    ('heating_interruption', 5, -90, 24, 4, 0.15, 1, null, 0, 0, null, null, null, null, '14: ниже +8 °C закон молчит, взят наименьший перерыв'),
    ('heating_temperature', 1, null, null, null, 0.15, 1, 18, 0, 3, 4, null, null, null, '15; угловая комната: норма +20 °C в акте'),
    ('heating_pressure', 1, null, null, null, 0, 1, null, 0, 0, null, null, 25, null, '16'),
    ('waste_removal', 1, null, 72, null, 3.3, 24, null, 0, 0, null, null, null, null, '17')
) v (code, line_no, since, month_hours, once_hours, rate, unit_hours, required, tolerance_day, tolerance_night, tolerance_up, step, bound, priced_as, item)
join claims_data.deficiency d on d.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

insert into cards_data.parameter (code, title) values
    ('undersupply_allowance_mode', 'Допустимый перерыв: 0 — только месячный, 1 — каждый не дольше разового, вместе не дольше месячного'),
    ('undersupply_partial_hour', 'Неполный час перерыва: 0 — отбрасывается, 1 — точно, 2 — за полный'),
    ('undersupply_degree_fraction', 'Доли градуса: 0 — точно, 1 — отбрасываются'),
    ('executor_fine_percent', 'Штраф исполнителя, % излишне начисленного');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', v.value, v.citation, o.known, o.id
from (values
    ('undersupply_allowance_mode', 1, 'ПП РФ 06.05.2011 № 354, Прил. 1: чтение спорно, принято по перерывам'),
    ('undersupply_partial_hour', 0, 'ПП РФ 06.05.2011 № 354, Прил. 1: «за каждый час»; неполный отбрасывается'),
    ('undersupply_degree_fraction', 0, 'ПП РФ 06.05.2011 № 354, Прил. 1 п. 15: «за каждый градус»; доли считаются точно'),
    ('executor_fine_percent', 50, 'ЖК РФ, ст. 156 ч. 11, ст. 157 ч. 6')
) v (code, value, citation)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';
