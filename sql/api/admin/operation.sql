-- One operation: who, when, why, what it changed, and whether it can be undone.

-- The card: one row, or none where the operator may not know of it.
create function admin.operation_card(p_id uuid)
returns table (
    id uuid, known bigint, at timestamptz, operator text, full_name text, kind text, title text, subject text, ground text, undo text,
    undoes uuid, undone_by uuid, undone_at timestamptz, undone_by_name text, can_undo boolean, undo_refusal text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select r.id, r.known, r.at, r.operator, r.full_name, r.kind, r.title, r.subject, r.ground, r.undo,
        (select o.id from admin_data.operation_subject s join admin_data.operation o on o.known = s.object_id where s.kind = 'operation' and s.known = r.known),
        u.id, u.at, u.full_name, w.why is null, w.why
    from admin_data.operation o
    cross join lateral admin.journal_row(o.known) r
    cross join lateral admin.undo_refusal(o) w (why)
    left join lateral (
        select b.id, b.at, p.full_name
        from admin_data.operation_subject s
        join admin_data.operation b on b.known = s.known
        left join admin_data.operator p on p.login = b.operator
        where s.kind = 'operation' and s.object_id = o.known order by b.known desc limit 1
    ) u on true
    where o.id = p_id and (o.operator = admin.operator() or admin.visible_operation(o.known))
$$;

-- Why an operation cannot be undone by whoever asks; null when it can.
create function admin.undo_refusal(p_operation admin_data.operation) returns text language plpgsql stable
as $$
declare
    v_kind admin_data.operation_kind;
begin
    select * into v_kind from admin_data.operation_kind where name = p_operation.kind;
    if v_kind.undo = 'never' then
        return admin.never_undone(v_kind);
    elsif exists (
        select from unnest(array['admin.undo', v_kind.name]) needed
        where not exists (select from admin_data.operation_grant g where g.kind = needed and pg_has_role(admin.operator(), g.role, 'member'))
    ) then
        return format('Нет права на операцию «%s»', v_kind.title);
    elsif v_kind.undo = 'reversal' then
        return case when not exists (
            select from finance_data.payment p where p.operation = p_operation.id
                and not exists (select from finance_data.payment r where r.reverses = p.id)
            union all
            select from billing_data.correction c
            where c.operation = p_operation.id and (c.kind in ('opening', 'manual') or c.month >= billing.open_month())
                and not exists (select from billing_data.correction r where r.reverses = c.id)
        ) then 'Операция уже отменена' end;
    elsif admin.stands(p_operation.id) then
        return null;
    end if;
    return 'Операция уже отменена, или всё, что она изменила, изменено позже';
end $$;

-- Whether a fact still has this origin.
create function admin.stands(p_operation uuid) returns boolean language plpgsql stable
as $$
declare
    v_table regclass;
    v_found boolean;
begin
    for v_table in select fact_table from admin_data.fact_kind loop
        execute format('select exists (select from %s where origin = $1 and retracted is null)', v_table) into v_found using p_operation;
        if v_found then
            return true;
        end if;
    end loop;
    return false;
end $$;

-- What an operation changed, fact by fact: days, and each value as it was and as it became. At most 500; of a bulk load none, the
-- journal holds its subjects no more.
create function admin.operation_facts(p_id uuid)
returns table (
    place bigint, fact text, fact_title text, object_kind text, object_id bigint, object_title text,
    valid_from date, through date, change text, old jsonb, new jsonb
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_operation admin_data.operation;
begin
    select o.* into v_operation from admin_data.operation o
    where o.id = p_id and (o.operator = admin.operator() or admin.visible_operation(o.known));
    return query
        select row_number() over (order by f.title, c.subject_id, c.days_from), f.name, f.title, c.subject_kind, c.subject_id,
            admin.object_title(c.subject_kind, c.subject_id), c.days_from, (nullif(c.days_to, 'infinity') - 1)::date,
            admin.change_told(f, c.old, c.new), c.old, c.new
        from admin_data.fact_kind f
        cross join lateral admin.fact_changes(f, v_operation.known) c
        where (select relname from pg_class where oid = f.entity_table) in (select s.kind from admin_data.operation_subject s where s.known = v_operation.known)
        order by 1 limit 500;
end $$;

-- The changes an operation made in one table: what it asserted beside what it retracted on the same days. Left out are rows that
-- stood at no time (asserted and retracted by the same mark) and the uncut rest of what was cut.
create function admin.fact_changes(p_fact admin_data.fact_kind, p_known bigint)
returns table (subject_kind text, subject_id bigint, days_from date, days_to date, old jsonb, new jsonb) language plpgsql stable
as $$
declare
    v_kind text := (select relname from pg_class where oid = p_fact.entity_table);
begin
    return query execute format(
        'with touched as (
             select object_id from admin_data.operation_subject where known = $1 and kind = $2 limit 500
         ), asserted as (
             select f.*, %3$s as fact_key, %4$s as fact_value from touched t join %1$s f on f.%2$I = t.object_id
             where f.asserted = $1 and f.retracted is distinct from $1
         ), retracted as (
             select f.*, %3$s as fact_key, %4$s as fact_value from touched t join %1$s f on f.%2$I = t.object_id
             where f.retracted = $1 and f.asserted <> $1
         )
         select $2, coalesce(n.%2$I, o.%2$I)::bigint, greatest(n.valid_from, o.valid_from), least(n.valid_to, o.valid_to),
             case when not o.void then o.fact_key || o.fact_value end, case when not n.void then n.fact_key || n.fact_value end
         from asserted n
         left join retracted o on o.fact_key = n.fact_key and o.valid_from < n.valid_to and o.valid_to > n.valid_from
         where o.id is null or (o.void, o.fact_value, o.origin) is distinct from (n.void, n.fact_value, n.origin)',
        p_fact.fact_table, p_fact.entity_column, admin.columns_built(p_fact.key_columns), admin.columns_built(p_fact.value_columns)
    ) using p_known, v_kind;
end $$;

create function admin.columns_built(p_columns name[]) returns text language sql immutable
as $$ select format('jsonb_build_object(%s)', string_agg(format('%L, f.%I', c, c), ', ')) from unnest(p_columns) c $$;

-- A change in words: `общая площадь: 54.30 → 50.00`.
create function admin.change_told(p_fact admin_data.fact_kind, p_old jsonb, p_new jsonb) returns text language sql stable
as $$
    select case when p_old is null and p_new is null then 'ничего'
        else coalesce(string_agg(
            coalesce(col_description(p_fact.fact_table, a.attnum), a.attname) || ': '
                || case when p_old is null then admin.value_told(a.attname, a.atttypid, p_new->>a.attname)
                        when p_new is null then admin.value_told(a.attname, a.atttypid, p_old->>a.attname) || ' → нет'
                        else admin.value_told(a.attname, a.atttypid, p_old->>a.attname) || ' → ' || admin.value_told(a.attname, a.atttypid, p_new->>a.attname) end,
            '; ' order by a.attnum
        ), 'без изменений') end
    from pg_attribute a
    where a.attrelid = p_fact.fact_table and a.attname = any (p_fact.value_columns)
        and p_old->>a.attname is distinct from p_new->>a.attname
$$;

-- A value in words: references by their names.
create function admin.value_told(p_column text, p_type oid, p_value text) returns text language sql stable
as $$
    select coalesce(case
        when p_column in ('tariff_id', 'norm_id', 'person_id', 'organisation_id', 'service_id')
            then admin.object_title(left(p_column, -3), p_value::bigint)
        when p_column = 'contract_id' then (select o.name || ', ' || c.number from cards_data.contract c
            join cards_data.organisation o on o.id = c.provider_id where c.id = p_value::bigint)
        when p_column = 'route_id' then (select name from meters_data.route where id = p_value::bigint)
        when p_column in ('started_at', 'ended_at') then to_char(p_value::timestamp, 'DD.MM.YYYY HH24:MI')
        when p_column = 'act_id' then (select number from claims_data.act where id = p_value::bigint)
        when p_column = 'category_id' then (select title from billing_data.privilege_category where id = p_value::bigint)
        when p_column = 'form' then case p_value when 'discount' then 'в квитанции' when 'cash' then 'деньгами' else p_value end
        when p_type = 'numeric'::regtype then admin.number_told(p_value::numeric)
        when p_type = 'date'::regtype then to_char(p_value::date, 'DD.MM.YYYY')
        when p_value = 'true' then 'да'
        when p_value = 'false' then 'нет'
        else p_value
    end, '—')
$$;

-- One fact behind a leaf of an explanation, and the operation that gave it its value: one row, or none where the operator does not
-- see it. The kinds are the words of the explanation.
create function admin.fact_card(p_kind text, p_row bigint)
returns table (
    fact text, fact_title text, object_kind text, object_id bigint, object_title text, told text, valid_from date, through date,
    stands boolean, operation uuid, title text, operator text, full_name text, at timestamptz, ground text
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_fact admin_data.fact_kind;
    v_object text;
    v_row jsonb;
begin
    select f.* into v_fact
    from (values ('area', 'premises_area'), ('residence', 'residence'), ('owner', 'ownership'), ('reading', 'meter_reading'),
        ('meter', 'meter_installed'), ('quantity', 'service_quantity'), ('ready', 'ready_amount'), ('absence', 'temporary_absence'), ('privilege', 'privilege'),
        ('privilege_rule', 'privilege_rule'), ('undersupply', 'undersupply'), ('limit', 'deficiency_limit'), ('overcharge', 'overcharge'), ('subsidy', 'subsidy'), ('containers', 'waste_container'),
        ('rate', 'tariff_rate'), ('norm', 'norm_value'), ('parameter', 'parameter_value')) k (word, name)
    join admin_data.fact_kind f on f.name = k.name
    where k.word = p_kind;
    if not found then
        return;
    end if;
    -- Policies of the table decide: another company's row is as good as none.
    execute format('select to_jsonb(f) from %s f where f.id = $1 and not f.void', v_fact.fact_table) into v_row using p_row;
    v_object := (select relname from pg_class where oid = v_fact.entity_table);
    return query
        select v_fact.name, v_fact.title, v_object, (v_row->>v_fact.entity_column)::bigint,
            admin.object_title(v_object, (v_row->>v_fact.entity_column)::bigint), admin.fact_told(v_fact, v_row),
            (v_row->>'valid_from')::date, (nullif((v_row->>'valid_to')::date, 'infinity') - 1)::date, v_row->'retracted' = 'null',
            o.id, k.title, o.operator::text, p.full_name, o.at, o.ground
        from admin_data.operation o
        join admin_data.operation_kind k on k.name = o.kind
        left join admin_data.operator p on p.login = o.operator
        where o.id = (v_row->>'origin')::uuid;
end $$;

-- A fact in words: who and what it is about beside its object, and its values.
create function admin.fact_told(p_fact admin_data.fact_kind, p_row jsonb) returns text language sql stable
as $$
    select string_agg(coalesce(col_description(p_fact.fact_table, a.attnum), a.attname) || ': ' || admin.value_told(a.attname, a.atttypid, p_row->>a.attname), '; ' order by a.attnum)
    from pg_attribute a
    where a.attrelid = p_fact.fact_table and p_row->>a.attname is not null
        and (a.attname = any (p_fact.value_columns)
            or a.attname = any (p_fact.key_columns) and a.attname <> p_fact.entity_column and col_description(p_fact.fact_table, a.attnum) is not null)
$$;
