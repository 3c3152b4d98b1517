-- Units, what is due, months and runs.


-- Locks units in the order of their ids (opposite orders deadlock), so that two changes of one house come one after the other. Of a unit that
-- became part of another one both are locked.
create function billing.lock_units(p_units bigint[]) returns void language sql
as $$
    select 1 from (
        select id from billing_data.unit
        where id = any (p_units || array(select j.unit_id from billing_data.unit_joined j where j.was = any (p_units))) order by id for update
    ) locked
$$;

-- Records what a change of a fact moves: the version of its unit, the queue, and, for months already printed, what is due.
-- This is the one table "kind of fact -> whose bills, which services, which months": no handler can forget it.
create function billing.moved(
    p_fact admin_data.fact_kind, p_key jsonb, p_place jsonb, p_from date, p_operation admin_data.operation
) returns void language plpgsql
as $$
declare
    v_unit bigint := case when p_fact.reach = 'city' then 0 else (p_place->>'unit_id')::bigint end;
    v_released date := (select max(month) from billing_data.month where state in ('released', 'sealed'));
    v_from date := date_trunc('month', greatest(billing.moved_since(p_fact, p_key, p_from), date '2000-01-01'));
    v_version bigint;
begin
    if p_fact.reach = 'none' then
        return;
    end if;
    update billing_data.unit set version = greatest(version, p_operation.known) where id = v_unit returning version into v_version;
    perform admin.overtaken(p_operation.known, v_version);
    -- The version of the town is moved all the same: workers read the rules again by it.
    if billing.is_unused(p_fact, p_key) then
        return;
    end if;
    insert into billing_data.queue (unit_id, priority, known)
    values (nullif(v_unit, 0), case when v_unit = 0 then 50 else 10 end, p_operation.known);
    perform pg_notify('kvartal_queue', '');
    if v_from <= v_released then
        insert into billing_data.due (unit_id, account_id, service_id, from_month, operation, known)
        -- Every service: one may feed another (both waters make sewage), and a plan may price one by the tariff of another.
        select nullif(v_unit, 0), moved.account_id, null, v_from, p_operation.id, p_operation.known
        from billing.moved_accounts(p_fact, p_key) moved;
    end if;
end $$;

-- The first day whose bills a change of the days from p_from moves. Absences that follow each other are one, and the law asks how long
-- it was: what changes at its end decides about its beginning (354 п. 86). So are stays that are too short to count by themselves (п. 56), and of
-- tampering the day it was found says from which day on it is charged (п. 62).
create function billing.moved_since(p_fact admin_data.fact_kind, p_key jsonb, p_from date) returns date language plpgsql stable
as $$
declare
    v_since date := p_from;
    v_guest int;
    v_before date;
begin
    if p_fact.name not in ('temporary_absence', 'residence', 'meter_outage') then
        return p_from;
    end if;
    v_guest := coalesce((
        select max(v.value)
        from cards_data.parameter_value v join cards_data.parameter p on p.id = v.parameter_id
        where p.code = 'temporary_residence_days' and v.retracted is null and not v.void
    ), 0);
    loop
        v_before := case p_fact.name
            when 'temporary_absence' then (
                select min(a.valid_from) from passport_data.temporary_absence a
                where a.premises_id = (p_key->>'premises_id')::bigint and a.person_id = (p_key->>'person_id')::bigint
                    and a.retracted is null and not a.void and a.valid_to >= v_since and a.valid_from < v_since
            )
            when 'residence' then (
                select min(r.valid_from) from passport_data.residence r
                where r.premises_id = (p_key->>'premises_id')::bigint and r.person_id = (p_key->>'person_id')::bigint
                    and r.retracted is null and not r.void and r.is_temporary and r.valid_to <= r.valid_from + v_guest
                    and r.valid_to >= v_since and r.valid_from < v_since
            )
            else (
                select min(o.valid_from) from meters_data.meter_outage o
                where o.meter_id = (p_key->>'meter_id')::bigint and o.kind = 'tampering'
                    and o.retracted is null and not o.void and o.valid_to >= v_since and o.valid_from < v_since
            )
        end;
        exit when v_before is null;
        v_since := v_before;
    end loop;
    return v_since;
end $$;

-- The accounts whose bills a change moves; one null row for a house or for everybody.
create function billing.moved_accounts(p_fact admin_data.fact_kind, p_key jsonb) returns table (account_id bigint)
language plpgsql stable
as $$
declare
    v_premises bigint;
begin
    -- Who is charged for a service remembers what the flat's meter did not tell, and the rooms beside catch up on it.
    if p_fact.reach = 'account' and p_fact.name not in ('account_plan', 'account_open', 'account_share') then
        return query select (p_key->>'account_id')::bigint;
        return;
    end if;
    if p_fact.name = 'undersupply' then
        -- Each account of the place by itself: what the house shared out stays as it was booked.
        return query
            select a.id from claims_data.act c
            join cards_data.premises p on p.house_id = c.house_id and (c.entrance is null or p.entrance = c.entrance)
            join cards_data.account a on a.premises_id = p.id and (c.account_id is null or a.id = c.account_id)
            where c.id = (p_key->>'act_id')::bigint;
        return;
    end if;
    if p_fact.reach in ('house', 'city') then
        return query select null::bigint;
        return;
    end if;
    v_premises := case p_fact.reach
        when 'premises' then (p_key->>'premises_id')::bigint
        when 'account' then (select premises_id from cards_data.account where id = (p_key->>'account_id')::bigint)
        else (select premises_id from meters_data.meter where id = (p_key->>'meter_id')::bigint)
    end;
    if v_premises is null then -- a house meter
        return query select null::bigint;
        return;
    end if;
    -- In a communal flat one room's people change the shares of the others.
    return query
        select a.id from cards_data.account a join cards_data.premises p on p.id = a.premises_id
        where coalesce(p.parent_id, p.id) = (select coalesce(q.parent_id, q.id) from cards_data.premises q where q.id = v_premises);
end $$;
