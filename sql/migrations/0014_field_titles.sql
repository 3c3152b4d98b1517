-- What the columns of facts are called where an operator reads what an operation changed: comments, so that the catalogue keeps
-- them beside the columns.

comment on table meters_data.route is 'обход';
comment on index meters_data.route_name is 'обход с таким именем уже есть';
comment on index meters_data.meter_no_access_point is 'на этот день отметка уже есть';

do $$
declare
    v_fact admin_data.fact_kind;
    v_constraint record;
begin
    for v_fact in select * from admin_data.fact_kind
        where name in ('phone', 'identity_document', 'meter_verified', 'meter_no_access', 'reading_limit', 'route_stop')
    loop
        for v_constraint in select conname from pg_constraint where conrelid = v_fact.fact_table and contype in ('c', 'x') loop
            execute format('comment on constraint %I on %s is %L', v_constraint.conname, v_fact.fact_table, case
                when v_constraint.conname = v_fact.name || '_days' then 'начало не раньше окончания'
                when v_constraint.conname = v_fact.name || '_marks' then 'отменено раньше, чем записано'
                when v_constraint.conname = v_fact.name || '_complete' then 'не указано ' || array_to_string(v_fact.required_columns, ', ')
                when v_constraint.conname = v_fact.name || '_no_overlap' then 'на эти дни уже есть другое значение'
                when v_constraint.conname = 'phone_number' then 'телефон — от 5 до 15 цифр, впереди может быть плюс'
                else 'число должно быть больше нуля'
            end);
        end loop;
    end loop;
end $$;

do $$
declare
    v_title record;
begin
    for v_title in
        select f.fact_table, t.name, t.title
        from admin_data.fact_kind f
        cross join (values
            ('rate', 'цена'), ('citation', 'основание'), ('value', 'значение'), ('area_common', 'площадь общего имущества'),
            ('contract_id', 'договор'), ('method', 'способ'), ('tariff_id', 'тариф'), ('norm_id', 'норматив'), ('service_id', 'услуга'),
            ('area_total', 'общая площадь'), ('area_living', 'жилая площадь'), ('area_heated', 'отапливаемая площадь'), ('rooms', 'комнат'),
            ('opened_as', 'открыт как'), ('is_off', 'услуги нет'), ('quantity', 'количество'), ('amount', 'сумма'),
            ('last_name', 'фамилия'), ('first_name', 'имя'), ('middle_name', 'отчество'), ('is_temporary', 'временно'),
            ('relation', 'отношение'), ('reason', 'причина'), ('person_id', 'человек'), ('organisation_id', 'организация'),
            ('share_numerator', 'доля, числитель'), ('share_denominator', 'доля, знаменатель'), ('owner_no', 'собственник №'),
            ('account', 'расчётный счёт'), ('bank_name', 'банк'), ('bic', 'БИК'), ('correspondent_account', 'корр. счёт'),
            ('fee', 'комиссия'), ('percent', 'процент'), ('place', 'место'), ('rolled_over', 'переход через ноль'), ('source', 'откуда'),
            ('number', 'номер'), ('note', 'примечание'), ('series', 'серия'), ('issued_on', 'когда выдан'), ('issued_by', 'кем выдан'),
            ('issuer_code', 'код подразделения'), ('kind', 'вид'), ('certificate', 'свидетельство'), ('factor', 'во сколько раз больше среднего'),
            ('floor', 'не меньше'), ('route_id', 'обход'), ('walk_no', 'по порядку'), ('part', 'часть'), ('register', 'регистр'),
            ('persons', 'человек'), ('phone_no', 'телефон №')
        ) t (name, title)
        where t.name = any (f.key_columns::text[] || f.value_columns::text[])
    loop
        execute format('comment on column %s.%I is %L', v_title.fact_table, v_title.name, v_title.title);
    end loop;
end $$;
