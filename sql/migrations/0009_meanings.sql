-- What things and constraints are called in a refusal: the sentence an operator reads when arguments break one of them.
-- A catalogue test asks that every constraint an operation can break has its comment.

comment on table cards_data.organisation is 'организация';
comment on table cards_data.district is 'участок';
comment on table cards_data.street is 'улица';
comment on table cards_data.house is 'дом';
comment on table cards_data.premises is 'помещение';
comment on table cards_data.account is 'лицевой счёт';
comment on table cards_data.service is 'услуга';
comment on table cards_data.contract is 'договор';
comment on table cards_data.tariff is 'тариф';
comment on table cards_data.norm is 'норматив';
comment on table cards_data.parameter is 'параметр';
comment on table passport_data.person is 'человек';
comment on table meters_data.meter is 'прибор';

-- Every table of facts has these.
do $$
declare
    v_fact admin_data.fact_kind;
    v_constraint record;
begin
    for v_fact in select * from admin_data.fact_kind loop
        for v_constraint in
            select conname, (select string_agg(a.attname, ', ') from pg_attribute a where a.attrelid = conrelid and a.attnum = any (conkey)) as columns
            from pg_constraint where conrelid = v_fact.fact_table and contype in ('c', 'x')
        loop
            execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_fact.fact_table, case
                when v_constraint.conname = v_fact.name || '_days' then 'начало не раньше окончания'
                when v_constraint.conname = v_fact.name || '_marks' then 'отменено раньше, чем записано'
                when v_constraint.conname = v_fact.name || '_complete' then 'не указано ' || array_to_string(v_fact.required_columns, ', ')
                when v_constraint.conname = v_fact.name || '_no_overlap' then 'на эти дни уже есть другое значение'
                else v_constraint.columns || ' меньше нуля'
            end);
        end loop;
    end loop;
end $$;

comment on constraint account_plan_whole on cards_data.account_plan is 'нужны договор, способ и тариф, или отметка, что услуги нет';
comment on constraint account_holder_one on cards_data.account_holder is 'плательщик — либо человек, либо организация';
comment on constraint ownership_share on passport_data.ownership is 'собственник — либо человек, либо организация, с долей больше нуля и не больше единицы';
comment on constraint fee_rate_fee_check on finance_data.fee_rate is 'комиссия бывает agent (платёжного агента) и centre (расчётного центра)';
comment on constraint fee_rate_percent_check on finance_data.fee_rate is 'процент — от 0 до 100';
comment on constraint meter_digits_check on meters_data.meter is 'у прибора от 1 до 12 цифр до запятой';
comment on constraint payment_reverses_key on finance_data.payment is 'платёж уже сторнирован';
comment on constraint correction_reverses_key on billing_data.correction is 'корректировка уже отменена';
comment on constraint payment_split_amount_check on finance_data.payment_split is 'доля платежа равна нулю';
comment on constraint payment_amount_check on finance_data.payment is 'сумма равна нулю';
comment on constraint payment_check on finance_data.payment is 'отрицательная сумма бывает только у сторно';
comment on constraint operator_scope_login_company_id_district_id_key on admin_data.operator_scope is 'участок указан дважды';
comment on index meters_data.meter_reading_point is 'на этот день показание уже есть';
