-- Solid waste by containers, where it is gathered apart (354 Прил. 2 ф. 9(3), 9(4)): which stand at a house and how often they are
-- taken away.

-- A year's waste may be charged by its norm and corrected by containers in the first quarter: the region decides (ПП РФ № 318).
insert into cards_data.parameter (code, title) values
    ('waste_yearly_correction', 'ТКО по контейнерам: 0 — за каждый месяц, 1 — весь год норматив, корректировка в I квартале');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', 0, 'ПП РФ 06.05.2011 № 354, Прил. 2 п. 9; ПП РФ 18.03.2024 № 318: решает регион', o.known, o.id
from cards_data.parameter p
cross join admin_data.operation o
where p.code = 'waste_yearly_correction' and o.id = '00000000-0000-4000-8000-000000000000';

-- Several sorts stand side by side: for mixed waste, for plastics; each has its volume, number and schedule.
call admin_data.make_fact(
    'cards', 'waste_container', 'Контейнеры для отходов', 'cards_data.house', 'house_id',
    '{house_id,service_id,sort}',
    'house_id bigint not null references cards_data.house, service_id bigint not null references cards_data.service,
     sort text not null constraint waste_container_sort check (btrim(sort) <> '''' and length(sort) <= 40)',
    '{capacity,containers,removals}',
    'capacity numeric(9,3) constraint waste_container_capacity check (capacity > 0),
     containers smallint constraint waste_container_count check (containers > 0),
     removals numeric(9,3) constraint waste_container_removals check (removals >= 0),
     constraint waste_container_whole_months check (
         extract(day from valid_from) = 1 and (valid_to = ''infinity'' or extract(day from valid_to) = 1)
     )',
    '{capacity,containers,removals}', 'house'
);

do $$
declare
    v_constraint record;
begin
    for v_constraint in
        select conname from pg_constraint where conrelid = 'cards_data.waste_container'::regclass and contype in ('c', 'x')
    loop
        execute format('comment on constraint %I on cards_data.waste_container is %L', v_constraint.conname, case v_constraint.conname
            when 'waste_container_days' then 'начало не раньше окончания'
            when 'waste_container_marks' then 'отменено раньше, чем записано'
            when 'waste_container_complete' then 'не указаны объём, число контейнеров или число вывозов'
            when 'waste_container_no_overlap' then 'на эти месяцы такие контейнеры уже записаны'
            when 'waste_container_sort' then 'название вида контейнеров — до сорока знаков, не пустое'
            when 'waste_container_capacity' then 'объём контейнера — больше нуля'
            when 'waste_container_count' then 'число контейнеров — больше нуля'
            when 'waste_container_removals' then 'число вывозов не меньше нуля'
            else 'контейнеры записывают на целые месяцы'
        end);
    end loop;
end $$;
comment on column cards_data.waste_container.house_id is 'дом';
comment on column cards_data.waste_container.service_id is 'услуга';
comment on column cards_data.waste_container.sort is 'вид контейнеров';
comment on column cards_data.waste_container.capacity is 'объём одного, м³';
comment on column cards_data.waste_container.containers is 'контейнеров';
comment on column cards_data.waste_container.removals is 'вывозов в месяц';
