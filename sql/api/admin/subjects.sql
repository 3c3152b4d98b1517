-- What an operation touched: written inside it, so that the journal of a thing is one look into an index.

create function admin.touch(p_kind text, p_ids bigint[], p_known bigint) returns void language sql
as $$
    insert into admin_data.operation_subject (kind, object_id, known)
    select distinct p_kind, id, p_known from unnest(p_ids) id where id is not null
    on conflict do nothing
$$;

-- Tells workstations what an operation touched, so that only who shows it reads again: `account 41001 KNOWN`. Past fifty things of a kind
-- it is `account 0 KNOWN`, all of them: every desk hears every notice.
create function admin.announce_subjects(p_known bigint) returns void language plpgsql
as $$
begin
    perform pg_notify('kvartal', concat_ws(' ', s.kind, s.object_id, p_known))
    from (
        select kind, case when count(*) over (partition by kind) > 50 then 0 else object_id end as object_id
        from admin_data.operation_subject where known = p_known
    ) s
    group by s.kind, s.object_id;
end $$;

-- Announces a row of what moves beside operations (notices.sql): its topic, and the column with its id.
create function admin.announce() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('kvartal', tg_argv[0] || ' ' || (to_jsonb(new)->>tg_argv[1]));
    return null;
end $$;

-- Tells the workstations of an operator that rights or what is seen changed: `rights SESSION`, a notice for each that is open.
create function admin.announce_rights() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('kvartal', 'rights ' || s.id) from admin_data.session s where s.login = new.login and s.ended_at is null;
    return null;
end $$;

-- The thing a fact is about, and the person in its key or value.
create function admin.touched(p_fact admin_data.fact_kind, p_row jsonb, p_known bigint) returns void language plpgsql
as $$
begin
    perform admin.touch(
        (select relname from pg_class where oid = p_fact.entity_table), array[(p_row->>p_fact.entity_column)::bigint], p_known
    );
    if p_row ? 'person_id' then
        perform admin.touch('person', array[(p_row->>'person_id')::bigint], p_known);
    end if;
end $$;

-- A thing in words: number, address, name. Null where the operator does not see it.
create function admin.object_title(p_kind text, p_id bigint) returns text language sql stable
as $$
    select case p_kind
        when 'account' then (select 'счёт ' || number from cards_data.account where id = p_id)
        when 'premises' then (select address from cards.premises_address where premises_id = p_id)
        when 'house' then (select address from cards.house_address where house_id = p_id)
        when 'meter' then (select 'прибор ' || serial from meters_data.meter where id = p_id)
        when 'person' then (select full_name from passport.person_head where person_id = p_id)
        when 'tariff' then (select 'тариф «' || title || '»' from cards_data.tariff where id = p_id)
        when 'norm' then (select 'норматив «' || title || '»' from cards_data.norm where id = p_id)
        when 'parameter' then (select title from cards_data.parameter where id = p_id)
        when 'contract' then (select 'договор ' || number from cards_data.contract where id = p_id)
        when 'organisation' then (select name from cards_data.organisation where id = p_id)
        when 'service' then (select name from cards_data.service where id = p_id)
        when 'privilege_category' then (select case kind when 'subsidy' then 'субсидия' else 'льгота' end || ' «' || title || '»' from billing_data.privilege_category where id = p_id)
        when 'deficiency' then (select title from claims_data.deficiency where id = p_id)
        when 'operation' then (select 'операция «' || k.title || '» от ' || to_char(o.at, 'DD.MM.YYYY')
                               from admin_data.operation o join admin_data.operation_kind k on k.name = o.kind where o.known = p_id)
    end
$$;

-- All an operation touched, in one line: the first thing, and how many more.
create function admin.subject_told(p_known bigint) returns text language sql stable
as $$
    select case when n.more < 0 then null
        when f.title is null then format('объектов: %s', case when n.more >= 100 then 'много' else (n.more + 1)::text end)
        else concat(f.title, case when n.more > 0 then format(' и ещё %s', case when n.more >= 100 then 'много' else n.more::text end) end)
        end
    from (
        select (
            select admin.object_title(s.kind, s.object_id)
            from admin_data.operation_subject s where s.known = p_known and s.kind <> 'operation'
            order by array_position('{account,meter,premises,house,person}', s.kind), s.object_id limit 1
        ) as title
    ) f, (
        select count(*) - 1 as more from (
            select from admin_data.operation_subject s where s.known = p_known and s.kind <> 'operation' limit 101
        ) bounded
    ) n
$$;

-- Whether the operator may know of an operation on things that belong to somebody: one of them is theirs to see. What touches no
-- such thing (a tariff, a month) is known to all.
-- One thing that is seen is enough: an operation on a whole town is not read to its end. It costs far more than a comparison, and
-- the planner is told so: it is asked last, of what is left.
create function admin.visible_operation(p_known bigint) returns boolean language sql stable cost 10000
as $$
    select exists (
            select from admin_data.operation_subject s join cards_data.account a on a.id = s.object_id
            where s.known = p_known and s.kind = 'account')
        or exists (
            select from admin_data.operation_subject s join cards_data.premises p on p.id = s.object_id
            where s.known = p_known and s.kind = 'premises')
        or exists (
            select from admin_data.operation_subject s join cards_data.house h on h.id = s.object_id
            where s.known = p_known and s.kind = 'house')
        or exists (
            select from admin_data.operation_subject s join meters_data.meter m on m.id = s.object_id
            where s.known = p_known and s.kind = 'meter')
        or not exists (
            select from admin_data.operation_subject s
            where s.known = p_known and s.kind in ('account', 'premises', 'house', 'meter'))
$$;

create function admin.sees_everything() returns boolean language sql stable
as $$ select not exists (select from admin_data.scope where id <> all (admin.my_keys())) $$;

-- The things whose operations make up the journal of one thing.
create function admin.journal_subjects(p_kind text, p_id bigint) returns table (kind text, object_id bigint) language plpgsql stable
as $$
declare
    v_premises bigint[];
    v_house bigint;
begin
    if p_kind = 'account' then
        select array[p.id, p.parent_id], p.house_id into v_premises, v_house
        from cards_data.account a join cards_data.premises p on p.id = a.premises_id where a.id = p_id;
        return query
            select 'account', p_id where v_house is not null
            union all select 'house', v_house
            union all select 'person', h.person_id from cards_data.account_holder h where h.account_id = p_id and h.retracted is null;
    elsif p_kind = 'premises' then
        v_premises := array(select id from cards_data.premises where id = p_id);
    elsif p_kind = 'house' then
        v_premises := array(select id from cards_data.premises where house_id = p_id);
        return query
            select 'house', h.id from cards_data.house h where h.id = p_id
            union all select 'meter', m.id from meters_data.meter m where m.house_id = p_id and m.premises_id is null
            union all select 'account', a.id from cards_data.account a where a.premises_id = any (v_premises);
    elsif admin.object_title(p_kind, p_id) is not null then
        return query select p_kind, p_id;
    end if;
    return query
        select 'premises', id from unnest(v_premises) id where id is not null
        union all select 'meter', m.id from meters_data.meter m where m.premises_id = any (v_premises)
        union all select distinct 'person', r.person_id from passport_data.residence r where r.premises_id = any (v_premises) and r.retracted is null;
end $$;
