-- What-if: changes tried on the whole town.

-- Handler: {"changes": [{"kind", "args"}, …]}, or one change, as a screen has it: {"kind", "fact"} or {"kind", "args"}. The changes are tried here
-- at once and taken back, so that what the door would refuse is refused now and not after an hour; the worker then tries them
-- house by house and keeps what they would make of the bills.
create function analytics.what_if(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_changes jsonb;
begin
    perform admin.need_only(p_args, '{changes,kind,fact,args}', p_kind.title);
    v_changes := case
        when p_args ? 'changes' then admin.need_list(p_args, 'changes', p_kind.title)
        else jsonb_build_array(jsonb_build_object(
            'kind', p_args->'kind', 'args', coalesce(p_args->'args', jsonb_build_object('facts', jsonb_build_array(p_args->'fact')))
        ))
    end;
    perform analytics.try_changes(v_changes, p_kind.title);
    perform analytics.need_in_month(v_changes, p_kind.title);
    return admin.order_job(p_kind, jsonb_build_object('changes', v_changes));
end $$;

-- Makes the changes and takes them back.
create function analytics.try_changes(p_changes jsonb, p_where text) returns void language plpgsql
as $$
declare
    v_change jsonb;
begin
    for v_change in select value from jsonb_array_elements(p_changes) loop
        perform admin.need_only(v_change, '{kind,args}', p_where);
        perform analytics.need_fact_kind(v_change->>'kind', p_where);
    end loop;
    begin
        perform analytics.make_changes(p_changes);
        raise exception using errcode = 'KV998', message = 'Проба окончена';
    exception when sqlstate 'KV998' then
        null;
    end;
end $$;

-- What begins after the month that is calculated changes nothing in it: whoever tries it would be told that it costs nothing.
create function analytics.need_in_month(p_changes jsonb, p_where text) returns void language plpgsql stable
as $$
declare
    v_month date := billing.open_month();
    v_first date := (
        select min(coalesce(f->>'from', f->>'day')::date)
        from jsonb_array_elements(p_changes) c cross join lateral jsonb_array_elements(coalesce(c->'args'->'facts', jsonb_build_array(c->'args'))) f
    );
begin
    if v_first >= v_month + interval '1 month' then
        perform admin.refuse(
            'KV004', format('%s: проба считает %s, а изменение начинается %s', p_where, to_char(v_month, 'MM.YYYY'), to_char(v_first, 'DD.MM.YYYY')),
            null, format('Для пробы укажите день не позже %s', to_char(v_month + interval '1 month' - interval '1 day', 'DD.MM.YYYY'))
        );
    end if;
end $$;

-- Only facts are tried, and what a category is given: money that moved and months that were printed are no assumption.
create function analytics.need_fact_kind(p_name text, p_where text) returns void language plpgsql stable
as $$
declare
    v_kind admin_data.operation_kind := admin.need_right(p_name);
begin
    if v_kind.fact is null and v_kind.name <> 'billing.privilege_rule' then
        perform admin.refuse(
            'KV004', format('%s: «%s» не пробуют', p_where, v_kind.title), null,
            'Пробуют изменения сведений: тарифов, нормативов, параметров, площадей, льгот'
        );
    end if;
end $$;

-- The changes, one after the other, each with a number of its own; whoever calls takes them back.
create function analytics.make_changes(p_changes jsonb) returns void language plpgsql
as $$
declare
    v_change jsonb;
begin
    for v_change in select value from jsonb_array_elements(p_changes) loop
        perform admin.operate(gen_random_uuid(), v_change->>'kind', v_change->'args', 'проба');
    end loop;
end $$;

-- What the changes of an order say, in words: «Изменение тарифа: Вода».
create function analytics.changes_told(p_changes jsonb) returns text language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select string_agg(
        k.title || coalesce(': ' || coalesce(t.title, n.title, p.title, g.title || ', ' || s.name), '')
            || coalesce(' с ' || to_char((f->>'from')::date, 'DD.MM.YYYY'), '')
            || coalesce(', ' || replace(coalesce(f->>'rate', f->>'value', f->>'percent' || ' %'), '.', ','), ''),
        '; ' order by c.place
    )
    from jsonb_array_elements(p_changes) with ordinality c(change, place)
    join admin_data.operation_kind k on k.name = c.change->>'kind'
    left join lateral (select coalesce(c.change->'args'->'facts'->0, c.change->'args')) one(f) on true
    left join cards_data.tariff t on t.id = (f->>'tariff_id')::bigint
    left join cards_data.norm n on n.id = (f->>'norm_id')::bigint
    left join cards_data.parameter p on p.id = (f->>'parameter_id')::bigint
    left join billing_data.privilege_category g on g.id = (f->>'category_id')::bigint
    left join cards_data.service s on s.id = (f->>'service_id')::bigint
$$;
