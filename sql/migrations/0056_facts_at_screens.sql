-- What an operator enters at screens and no table held yet: the seal of a meter. And the greatest number of an account, found at once.

call admin_data.make_fact(
    'meters', 'meter_seal', 'Пломба прибора', 'meters_data.meter', 'meter_id',
    '{meter_id}', 'meter_id bigint not null references meters_data.meter', '{number,act}', 'number text, act text', '{number}', 'none'
);

do $$
declare
    v_constraint record;
begin
    for v_constraint in
        select conname from pg_constraint where conrelid = 'meters_data.meter_seal'::regclass and contype in ('c', 'x')
    loop
        execute format('comment on constraint %I on meters_data.meter_seal is %L', v_constraint.conname, case v_constraint.conname
            when 'meter_seal_days' then 'начало не раньше окончания'
            when 'meter_seal_marks' then 'отменено раньше, чем записано'
            when 'meter_seal_complete' then 'не указан номер пломбы'
            else 'на эти дни уже есть другая пломба'
        end);
    end loop;
end $$;
comment on column meters_data.meter_seal.meter_id is 'прибор';
comment on column meters_data.meter_seal.number is 'номер пломбы';
comment on column meters_data.meter_seal.act is 'акт';

create index account_number_order on cards_data.account (length(number) desc, number desc);
