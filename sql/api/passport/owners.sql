-- Who owns and who pays: a person of the base, a person nobody had yet, or an organisation; and shares that are no more than the whole.

-- The value {"person_id"} or {"organisation_id"} of {"person_id"}, {"organisation": code} or {"last_name", "first_name", "middle_name"?}; of a
-- name a person is made, known by that name from the day on.
create function passport.party(p_party jsonb, p_from date, p_where text) returns jsonb language plpgsql
as $$
declare
    v_party jsonb := coalesce(p_party, '{}');
    v_id bigint;
begin
    perform admin.need_only(v_party, '{person_id,organisation,last_name,first_name,middle_name}', p_where);
    if num_nonnulls(v_party->>'person_id', v_party->>'organisation', v_party->>'last_name') <> 1 then
        perform admin.refuse('KV004', format('%s: укажите одно — человека, организацию или фамилию нового человека', p_where));
    elsif v_party ? 'person_id' then
        v_id := admin.need_number(v_party, 'person_id', p_where);
        if not passport.may_see(v_id) then
            perform admin.refuse('KV003', format('%s: %s', p_where, admin.unseen('person')), null, 'Выберите его из списка или запишите как нового');
        end if;
        return jsonb_build_object('person_id', v_id);
    elsif v_party ? 'organisation' then
        v_id := cards.organisation_by_code(admin.need_text(v_party, 'organisation', p_where));
        if v_id is null then
            perform admin.refuse('KV003', format('%s: организации с кодом «%s» нет', p_where, v_party->>'organisation'), null, 'Коды организаций — на экране 540');
        end if;
        return jsonb_build_object('organisation_id', v_id);
    end if;
    insert into passport_data.person (origin) values ((admin.current_operation()).id) returning id into v_id;
    perform admin.fact_assert('person_name', jsonb_build_object('person_id', v_id), p_from, 'infinity', jsonb_build_object(
        'last_name', admin.need_text(v_party, 'last_name', p_where), 'first_name', admin.need_text(v_party, 'first_name', p_where),
        'middle_name', v_party->>'middle_name'
    ));
    return jsonb_build_object('person_id', v_id);
end $$;

-- Handler: {"premises_id", "owner_no"?, "from", "to"?, "numerator", "denominator", "owner"}: one more owner, or, with a number, the one who
-- owns that share from the day on.
create function passport.owner(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_premises bigint := admin.need_number(p_args, 'premises_id', p_kind.title);
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := admin.need_end(p_args, p_kind.title);
    v_no int;
begin
    perform admin.need_only(p_args, '{premises_id,owner_no,from,to,numerator,denominator,owner}', p_kind.title);
    perform billing.lock_units(array(select unit_id from cards_data.premises where id = v_premises));
    v_no := case when p_args ? 'owner_no' then admin.need_number(p_args, 'owner_no', p_kind.title)
        else (select coalesce(max(owner_no), 0) + 1 from passport_data.ownership where premises_id = v_premises) end;
    perform admin.fact_assert(
        'ownership', jsonb_build_object('premises_id', v_premises, 'owner_no', v_no), v_from, v_to,
        passport.party(p_args->'owner', v_from, p_kind.title) || jsonb_build_object(
            'share_numerator', admin.need_number(p_args, 'numerator', p_kind.title),
            'share_denominator', admin.need_number(p_args, 'denominator', p_kind.title)
        )
    );
    return jsonb_build_object('owner_no', v_no);
end $$;

-- Shares of premises are no more than the whole, on any day. Looked at when the operation is through: a sale takes from one and gives
-- to another. What was wrong before may be made less wrong.
create function passport.whole_ownership(p_premises bigint) returns void language plpgsql stable
as $$
declare
    v_known bigint := (admin.current_operation()).known;
    v_wrong record;
begin
    select d.day, is_now.told into v_wrong
    from (
        select distinct valid_from as day from passport_data.ownership
        where premises_id = p_premises and retracted is null and not void
    ) d
    cross join lateral (
        select sum(o.share_numerator::numeric / o.share_denominator) as total,
            string_agg(o.share_numerator || '/' || o.share_denominator, ' + ' order by o.owner_no) as told
        from passport_data.ownership o
        where o.premises_id = p_premises and o.retracted is null and not o.void and o.valid_from <= d.day and o.valid_to > d.day
    ) is_now
    cross join lateral (
        select coalesce(sum(o.share_numerator::numeric / o.share_denominator), 0) as total
        from passport_data.ownership o
        where o.premises_id = p_premises and not o.void and o.asserted < v_known and (o.retracted is null or o.retracted >= v_known)
            and o.valid_from <= d.day and o.valid_to > d.day
    ) was
    where is_now.total > 1.000000000001 and is_now.total > was.total
    order by d.day limit 1;
    if found then
        perform admin.refuse(
            'KV004', format('Доли собственников с %s вместе больше целого: %s', to_char(v_wrong.day, 'DD.MM.YYYY'), v_wrong.told), null,
            'Сначала уменьшите или закончите долю прежнего собственника, или запишите переход его доли'
        );
    end if;
end $$;
