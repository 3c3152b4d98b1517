-- To whom the payers of a contract pay. Without this fact they pay the centre, which passes the money on.
call admin_data.make_fact(
    'cards', 'contract_payee', 'Получатель платы по договору', 'cards_data.contract', 'contract_id',
    '{contract_id}', 'contract_id bigint not null references cards_data.contract',
    '{payee_id}', 'payee_id bigint references cards_data.organisation', '{payee_id}', 'none'
);

do $$
declare
    v_constraint record;
begin
    for v_constraint in
        select conname from pg_constraint where conrelid = 'cards_data.contract_payee'::regclass and contype in ('c', 'x')
    loop
        execute format('comment on constraint %I on cards_data.contract_payee is %L', v_constraint.conname, case v_constraint.conname
            when 'contract_payee_days' then 'начало не раньше окончания'
            when 'contract_payee_marks' then 'отменено раньше, чем записано'
            when 'contract_payee_complete' then 'не указан получатель'
            else 'на эти дни уже есть другой получатель'
        end);
    end loop;
end $$;
comment on column cards_data.contract_payee.contract_id is 'договор';
comment on column cards_data.contract_payee.payee_id is 'получатель';
