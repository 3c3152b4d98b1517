-- Privileges: how they are written down, what they cost.

-- Handler: what a category is given for a service from a day on. Norm and tariff come by their codes; «percent»: 0 ends the rule.
create function billing.privilege_rule_set(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_key jsonb;
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := admin.need_end(p_args, p_kind.title);
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

-- Whoever is privileged lives there, or owns what is charged.
create function billing.check_privilege(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$
    select passport.need_there((p_key->>'person_id')::bigint, (p_key->>'premises_id')::bigint, p_day, 'Льгота') where p_value is not null
$$;

-- Handler: a category the law of a region, or a new act, names.
create function billing.privilege_category_add(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_id bigint;
    v_code text := admin.need_text(p_args, 'code', p_kind.title);
begin
    perform admin.need_only(p_args, '{code,title,citation}', p_kind.title);
    if v_code !~ '^[a-z][a-z0-9_]*$' then
        perform admin.refuse('KV004', format('Код категории «%s» пишут строчными латинскими буквами, цифрами и чертой «_», первой — буква', v_code));
    end if;
    insert into billing_data.privilege_category (code, title, citation, origin)
    values (
        v_code, admin.need_text(p_args, 'title', p_kind.title),
        admin.need_text(p_args, 'citation', p_kind.title), (admin.current_operation()).id
    )
    returning id into v_id;
    perform admin.touch('privilege_category', array[v_id], (admin.current_operation()).known);
    return jsonb_build_object('category_id', v_id);
end $$;

-- What privileges cost in a month, by category, service and provider: charged privileges, recalculated ones and what budgets owe. A budget
-- is that of the component: 1 federal, 2 regional, 3 municipal, 4 a subsidy, which the region pays (ЖК 159); 5x on the bill, 6x in money.
create function billing.privilege_cost(p_month date)
returns table (
    category_id bigint, category text, service_id bigint, service text, sort smallint, contract_id bigint, provider text, component smallint,
    funding text, form text, accounts bigint, people bigint, unit text, volume numeric, amount numeric, recalculated numeric, total numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select c.id, c.title, s.id, s.name, s.sort, l.contract_id, o.name, l.component,
        (array['federal', 'regional', 'municipal', 'regional'])[l.component % 10], case when l.component < 60 then 'discount' else 'cash' end,
        count(distinct l.account_id), count(distinct l.person_id), s.unit, -coalesce(sum(l.volume) filter (where l.cause = 0), 0),
        -coalesce(sum(l.amount) filter (where l.cause = 0), 0), -coalesce(sum(l.amount) filter (where l.cause <> 0), 0), -sum(l.amount)
    from billing_data.month m
    join billing_data.privilege_line l on l.run = m.run
    join billing_data.privilege_category c on c.id = l.category_id
    join cards_data.service s on s.id = l.service_id
    join cards_data.contract t on t.id = l.contract_id
    join cards_data.organisation o on o.id = t.provider_id
    where m.month = date_trunc('month', p_month)
    group by c.id, c.title, s.id, s.name, s.sort, s.unit, l.contract_id, o.name, l.component
    order by c.title, c.id, s.sort, s.id, l.contract_id, l.component
$$;
