-- Registration of a person who is in the base already. Whoever is registered for good at a new place is off the register at the old one
-- (rules of registration, Government decree 713, items 16 and 31); a registration for a time leaves the other as it is (item 9).

-- Handler: {"person_id", "premises_id", "from", "to"?, "is_temporary"?, "relation"?, "came_from"?, "reason"?}: registers, and for good
-- takes off the register where the person was registered for good until then. Answers with the addresses that were left.
create function passport.registration(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_person bigint := admin.need_number(p_args, 'person_id', p_kind.title);
    v_premises bigint := admin.need_number(p_args, 'premises_id', p_kind.title);
    v_key jsonb := jsonb_build_object('person_id', v_person, 'premises_id', v_premises);
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := admin.need_end(p_args, p_kind.title);
    v_temporary boolean := coalesce((p_args->>'is_temporary')::boolean, false);
    v_lived text;
begin
    perform admin.need_only(p_args, '{person_id,premises_id,from,to,is_temporary,relation,came_from,reason}', p_kind.title);
    perform passport.need_person(v_person);
    perform passport.need_term(v_temporary, v_to, p_kind.title);
    perform billing.lock_units(array(
        select p.unit_id from cards_data.premises p where p.id = v_premises
        union
        select r.unit_id from passport_data.residence r where r.person_id = v_person and r.retracted is null and not r.void
    ));
    perform passport.need_free(v_key, v_from, v_to, v_temporary, p_kind.title);
    select string_agg(a.address, '; ' order by a.address) into v_lived
    from passport.lives_for_good(v_person, v_from) l join cards.premises_address a on a.premises_id = l.premises_id;
    if not v_temporary then
        perform passport.leave_for(v_key, v_from, p_args->>'reason');
    end if;
    perform admin.fact_assert('residence', v_key, v_from, v_to, jsonb_build_object('is_temporary', v_temporary, 'relation', p_args->>'relation'));
    if coalesce(p_args->>'came_from', v_lived, p_args->>'reason') is not null then
        perform admin.fact_assert('residence_arrival', v_key, v_from, v_from + 1,
            jsonb_build_object('came_from', coalesce(p_args->>'came_from', v_lived), 'reason', p_args->>'reason'));
    end if;
    return jsonb_build_object('left', case when not v_temporary then v_lived end);
end $$;

-- A registration at the place of residence has no term (decree 713, item 16); one at the place of stay may have.
create function passport.need_term(p_temporary boolean, p_to date, p_where text) returns void language plpgsql stable
as $$
begin
    if not p_temporary and p_to < 'infinity' then
        perform admin.refuse('KV004', format('%s: срок бывает только у временной регистрации', p_where), null,
            'Уберите день окончания или отметьте регистрацию временной');
    end if;
end $$;

-- Where a person is registered for good on a day, as far as the operator sees.
create function passport.lives_for_good(p_person bigint, p_day date) returns setof passport_data.residence language sql stable
as $$
    select * from passport_data.residence
    where person_id = p_person and retracted is null and not void and not is_temporary and valid_from <= p_day and valid_to > p_day
    order by unit_id, premises_id
$$;

-- Takes the person off the register wherever they were registered for good, and writes where to.
create function passport.leave_for(p_key jsonb, p_day date, p_reason text) returns void language plpgsql
as $$
declare
    v_where jsonb;
begin
    for v_where in
        select jsonb_build_object('person_id', person_id, 'premises_id', premises_id)
        from passport.lives_for_good((p_key->>'person_id')::bigint, p_day)
    loop
        perform admin.fact_assert('residence', v_where, p_day, 'infinity', null);
        perform admin.fact_assert('residence_departure', v_where, p_day, p_day + 1, jsonb_build_object(
            'went_to', (select address from cards.premises_address where premises_id = (p_key->>'premises_id')::bigint), 'reason', p_reason));
    end loop;
end $$;

-- Refuses what the register could not hold: twice the same place, a registration before one that stands later, a second one for good.
create function passport.need_free(p_key jsonb, p_from date, p_to date, p_temporary boolean, p_where text) returns void language plpgsql stable
as $$
declare
    v_person bigint := p_key->>'person_id';
    v_premises bigint := p_key->>'premises_id';
    v_stands passport_data.residence;
begin
    select * into v_stands from passport_data.residence
    where person_id = v_person and premises_id = v_premises and retracted is null and not void and valid_from <= p_from and valid_to > p_from;
    if found and not v_stands.is_temporary then
        perform admin.refuse('KV004', format('%s: человек уже зарегистрирован здесь с %s', p_where, to_char(v_stands.valid_from, 'DD.MM.YYYY')), null,
            'Проверьте помещение; временная регистрация бывает по другому адресу');
    end if;
    select * into v_stands from passport_data.residence
    where person_id = v_person and retracted is null and not void and valid_from > p_from
        and case when p_temporary then premises_id = v_premises and valid_from < p_to else not is_temporary or premises_id = v_premises end
    order by valid_from limit 1;
    if found then
        perform admin.refuse('KV004', format('%s: с %s человек уже зарегистрирован: %s', p_where, to_char(v_stands.valid_from, 'DD.MM.YYYY'),
            (select address from cards.premises_address where premises_id = v_stands.premises_id)), null,
            'Укажите более поздний день или сначала отмените ту регистрацию');
    end if;
    if not p_temporary and passport.registered_unseen(v_person, p_from) then
        perform admin.refuse('KV004', format('%s: человек зарегистрирован по месту жительства на другом участке', p_where), null,
            'Пусть его снимут с учёта там, или регистрирует тот, кому видны оба дома');
    end if;
end $$;
