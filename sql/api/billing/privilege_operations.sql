-- Operations on privileges.

call admin.kind('billing.privilege', 'Льгота человека', '{kvartal_accountant,kvartal_centre,kvartal_passport}', p_fact => 'privilege', p_ground => 'must');
call admin.kind('billing.privilege_rule', 'Правило льготы', '{kvartal_centre}', p_handler => 'billing.privilege_rule_set', p_ground => 'must');
call admin.kind('billing.privilege_category', 'Новая категория льготы', '{kvartal_centre}', p_handler => 'billing.privilege_category_add', p_ground => 'must',
    p_undo => 'never', p_undo_reason => 'Категория без правил ничего не меняет; уберите её правила');

-- Handler: what a category is given for a service from a day on. Norm and tariff come by their codes; «percent»: 0 ends the rule.
create function billing.privilege_rule_set(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_key jsonb;
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := case when p_args->>'to' is null then 'infinity' else admin.need_date(p_args, 'to', p_kind.title) end;
    v_percent numeric := admin.need_number(p_args, 'percent', p_kind.title);
    v_norm bigint := (select id from cards_data.norm where code = p_args->>'norm');
    v_tariff bigint := (select id from cards_data.tariff where code = p_args->>'tariff');
begin
    perform admin.need_only(p_args, '{category_id,service_id,from,to,percent,base,covers,funding,form,norm,tariff,citation}', p_kind.title);
    if v_norm is null and nullif(p_args->>'norm', '') is not null then
        perform admin.refuse('KV003', format('%s: норматива «%s» нет', p_kind.title, p_args->>'norm'), null, 'Укажите код норматива площади');
    elsif v_tariff is null and nullif(p_args->>'tariff', '') is not null then
        perform admin.refuse('KV003', format('%s: тарифа «%s» нет', p_kind.title, p_args->>'tariff'), null, 'Укажите код тарифа минимального взноса');
    end if;
    v_key := jsonb_build_object(
        'category_id', admin.need_number(p_args, 'category_id', p_kind.title), 'service_id', admin.need_number(p_args, 'service_id', p_kind.title)
    );
    perform admin.fact_assert('privilege_rule', v_key, v_from, v_to, case when v_percent <> 0 then jsonb_build_object(
        'percent', v_percent, 'base', admin.need_text(p_args, 'base', p_kind.title), 'covers', admin.need_text(p_args, 'covers', p_kind.title),
        'funding', admin.need_text(p_args, 'funding', p_kind.title), 'form', admin.need_text(p_args, 'form', p_kind.title),
        'norm_id', v_norm, 'tariff_id', v_tariff, 'citation', admin.need_text(p_args, 'citation', p_kind.title)
    ) end);
    return '{}';
end $$;

-- Handler: a category the law of a region, or a new act, names.
create function billing.privilege_category_add(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_id bigint;
begin
    perform admin.need_only(p_args, '{code,title,citation}', p_kind.title);
    insert into billing_data.privilege_category (code, title, citation, origin)
    values (
        admin.need_text(p_args, 'code', p_kind.title), admin.need_text(p_args, 'title', p_kind.title),
        admin.need_text(p_args, 'citation', p_kind.title), (admin.current_operation()).id
    )
    returning id into v_id;
    perform admin.touch('privilege_category', array[v_id], (admin.current_operation()).known);
    return jsonb_build_object('category_id', v_id);
end $$;
