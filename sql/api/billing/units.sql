-- Calculation units: a house, or the houses on one group meter.

-- Makes the houses of some units one unit, within the operation under way: they are calculated together from now on, and stay so when
-- the group meter goes, for more houses in a unit than need be only cost time. Facts and open causes go along; released months stay as
-- they are, and `unit_joined` tells whose they became. Every house of the units must be seen by the operator.
create function billing.join_units(p_units bigint[]) returns bigint language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_unit bigint := (select min(u) from unnest(p_units) u);
    v_others bigint[] := array(select distinct u from unnest(p_units) u where u <> v_unit);
    v_table regclass;
begin
    if cardinality(v_others) = 0 then
        return v_unit;
    end if;
    if exists (select from cards_data.house where unit_id = any (p_units) and scope <> all ((select admin.my_keys())::int[])) then
        perform admin.refuse('KV003', 'Среди домов группы есть дом, который вам не виден', null, 'Это делает оператор, которому видны все эти дома');
    end if;
    for v_table in
        select distinct t.name
        from admin_data.fact_kind k cross join lateral (values (k.fact_table), (k.entity_table)) t (name)
        where admin.has_unit(t.name)
    loop
        execute format('update %s set unit_id = $1 where unit_id = any ($2)', v_table) using v_unit, v_others;
    end loop;
    update billing_data.due set unit_id = v_unit where unit_id = any (v_others) and booked is null;
    update billing_data.unit_joined set unit_id = v_unit where unit_id = any (v_others);
    insert into billing_data.unit_joined (was, unit_id, operation) select o, v_unit, v_operation.id from unnest(v_others) o;
    insert into billing_data.balance_moved (month, unit_id) values ('-infinity', v_unit);
    -- Who was shown a difference of any of these houses is to see it again.
    update billing_data.unit set version = greatest(version, v_operation.known) where id = any (p_units);
    insert into billing_data.queue (unit_id, priority, known) select distinct u, 10, v_operation.known from unnest(p_units) u;
    perform pg_notify('kvartal_queue', '');
    return v_unit;
end $$;
