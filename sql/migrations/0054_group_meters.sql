-- A meter that counts for several houses (групповой прибор; dossier § 1.15): its houses, what its volume is divided by, and one
-- calculation unit for all of them.

-- Units whose houses became part of another one. What was booked for them stays as it was printed; whoever looks for what a unit
-- booked looks for that of its parts too.
create table billing_data.unit_joined (
    was bigint primary key references billing_data.unit,
    unit_id bigint not null references billing_data.unit,
    operation uuid not null references admin_data.operation
);
create index unit_joined_unit on billing_data.unit_joined (unit_id);
comment on table billing_data.unit_joined is 'Расчётные единицы, ставшие частью другой';

call admin_data.make_fact(
    'meters', 'group_base', 'Основа деления группового прибора', 'meters_data.meter', 'meter_id',
    '{meter_id}', 'meter_id bigint not null references meters_data.meter',
    '{base}', 'base text constraint group_base_base check (base in (''area'', ''persons'', ''norm''))', '{base}', 'meter'
);
call admin_data.make_fact(
    'meters', 'group_house', 'Дом группового прибора', 'cards_data.house', 'house_id',
    '{meter_id,house_id}', 'meter_id bigint not null references meters_data.meter, house_id bigint not null references cards_data.house',
    '{note}', 'note text', '{}', 'house'
);
create index group_house_house on meters_data.group_house (house_id) where retracted is null;

do $$
declare
    v_constraint record;
begin
    for v_constraint in
        select c.conname, c.conrelid::regclass as table_name from pg_constraint c
        where c.conrelid in ('meters_data.group_base'::regclass, 'meters_data.group_house'::regclass) and c.contype in ('c', 'x')
    loop
        execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_constraint.table_name, case
            when v_constraint.conname like '%\_days' then 'начало не раньше окончания'
            when v_constraint.conname like '%\_marks' then 'отменено раньше, чем записано'
            when v_constraint.conname like '%\_no\_overlap' then 'на эти дни уже есть запись'
            when v_constraint.conname = 'group_base_base' then 'основа — area (площадь), persons (проживающие) или norm (норматив)'
            else 'не указана основа деления'
        end);
    end loop;
end $$;
comment on column meters_data.group_base.base is 'основа';
comment on column meters_data.group_house.house_id is 'дом';
comment on column meters_data.group_house.note is 'примечание';
