-- Meters that do not count for a time, acts that no meter can be had, and the law about both (354 пп. 42, 59–62).

-- From the day of the event to the day it was put right. Tampering: from the interference to the day it was found.
call admin_data.make_fact(
    'meters', 'meter_outage', 'Прибор не учитывается', 'meters_data.meter', 'meter_id',
    '{meter_id}', 'meter_id bigint not null references meters_data.meter',
    '{kind,act}', 'kind text check (kind in (''failure'', ''no_access'', ''tampering'')), act text', '{kind,act}', 'meter'
);

-- The act that no meter of a service can be had in premises: the norm is then charged without the coefficient.
call admin_data.make_fact(
    'meters', 'meter_exemption', 'Нет технической возможности установить прибор', 'cards_data.premises', 'premises_id',
    '{premises_id,service_id}', 'premises_id bigint not null references cards_data.premises, service_id bigint not null references cards_data.service',
    '{act}', 'act text', '{act}', 'premises'
);

do $$
declare
    v_fact admin_data.fact_kind;
    v_constraint record;
begin
    for v_fact in select * from admin_data.fact_kind where name in ('meter_outage', 'meter_exemption') loop
        for v_constraint in select conname from pg_constraint where conrelid = v_fact.fact_table and contype in ('c', 'x') loop
            execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_fact.fact_table, case
                when v_constraint.conname = v_fact.name || '_days' then 'начало не раньше окончания'
                when v_constraint.conname = v_fact.name || '_marks' then 'отменено раньше, чем записано'
                when v_constraint.conname = v_fact.name || '_complete' then 'не указаны причина или акт'
                when v_constraint.conname = v_fact.name || '_no_overlap' then 'на эти дни уже есть запись'
                else 'причина — failure, no_access или tampering'
            end);
        end loop;
    end loop;
end $$;
comment on column meters_data.meter_outage.kind is 'причина';
comment on column meters_data.meter_outage.act is 'акт';
comment on column meters_data.meter_exemption.service_id is 'услуга';
comment on column meters_data.meter_exemption.act is 'акт';

insert into cards_data.parameter (code, title) values
    ('meter_average_periods_non_residential', 'Сколько периодов подряд начисляют по среднему в нежилом помещении'),
    ('house_heat_average_periods', 'Сколько периодов подряд начисляют по среднему общедомового прибора тепла'),
    ('meter_no_reading_coefficient', 'Повышается ли норматив, если показания просто не переданы: 1 — да'),
    ('tampering_factor', 'Во сколько раз увеличивается норматив при вмешательстве в прибор'),
    ('tampering_months', 'За сколько месяцев до обнаружения доначисляется вмешательство'),
    ('coefficient_whole_month', 'Повышающий коэффициент последнего дня месяца действует на весь месяц: 1 — да');

insert into cards_data.parameter_value (parameter_id, valid_from, valid_to, value, citation, asserted, origin)
select p.id, v.valid_from, v.valid_to, v.value, v.citation, o.known, o.id
from (values
    ('meter_average_periods_non_residential', date '2000-01-01', date 'infinity', 2, 'ПП РФ 06.05.2011 № 354, п. 59'),
    ('house_heat_average_periods', '2000-01-01', '2025-03-01', 3, 'ПП РФ 06.05.2011 № 354, п. 59(1)'),
    ('house_heat_average_periods', '2025-03-01', 'infinity', 6, 'ПП РФ 06.05.2011 № 354, п. 59(1) в ред. ПП РФ 29.08.2024 № 1176'),
    ('meter_no_reading_coefficient', '2000-01-01', 'infinity', 0, 'ПП РФ 06.05.2011 № 354, п. 60: непереданные показания норматив не повышают'),
    ('tampering_factor', '2000-01-01', 'infinity', 10, 'ПП РФ 06.05.2011 № 354, пп. 62, 81(11)'),
    ('tampering_months', '2000-01-01', 'infinity', 3, 'ПП РФ 06.05.2011 № 354, п. 62'),
    ('coefficient_whole_month', '2000-01-01', 'infinity', 0, 'ПП РФ 25.11.2025 № 1871 о месяце перехода молчит: начисляется по дням')
) v (code, valid_from, valid_to, value, citation)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';
