-- Persons: registration at the passport desk.


-- Handler: {"person": {"last_name", "first_name", "middle_name", "sex", "born_on"}, "premises_id", "from", "to"?, "is_temporary"?, "relation"?,
-- "came_from"?, "reason"?, "details"?}: a new person and where they live, in one operation; the details are those of passport.person_details.
create function passport.arrival(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_person jsonb := p_args->'person';
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_to date := admin.need_end(p_args, p_kind.title);
    v_id bigint;
begin
    perform admin.need_only(p_args, '{person,premises_id,from,to,is_temporary,relation,came_from,reason,details}', p_kind.title);
    perform admin.need_only(coalesce(v_person, '{}'), '{last_name,first_name,middle_name,sex,born_on}', p_kind.title);
    perform passport.need_term(coalesce((p_args->>'is_temporary')::boolean, false), v_to, p_kind.title);
    if coalesce(v_person->>'sex', '') not in ('male', 'female') then
        perform admin.refuse('KV004', format('%s: не указан пол', p_kind.title), null, 'Пол: male или female');
    end if;
    perform billing.lock_units(array(select unit_id from cards_data.premises where id = admin.need_number(p_args, 'premises_id', p_kind.title)));
    insert into passport_data.person (sex, born_on, origin)
    values (v_person->>'sex', (v_person->>'born_on')::date, (admin.current_operation()).id) returning id into v_id;
    perform admin.fact_assert('person_name', jsonb_build_object('person_id', v_id), coalesce((v_person->>'born_on')::date, v_from), 'infinity',
        jsonb_build_object(
            'last_name', admin.need_text(v_person, 'last_name', p_kind.title),
            'first_name', admin.need_text(v_person, 'first_name', p_kind.title),
            'middle_name', v_person->>'middle_name'
        ));
    perform admin.fact_assert('residence',
        jsonb_build_object('person_id', v_id, 'premises_id', (p_args->>'premises_id')::bigint), v_from, v_to,
        jsonb_build_object('is_temporary', coalesce((p_args->>'is_temporary')::boolean, false), 'relation', p_args->>'relation'));
    if coalesce(p_args->>'came_from', p_args->>'reason') is not null then
        perform admin.fact_assert('residence_arrival', jsonb_build_object('person_id', v_id, 'premises_id', (p_args->>'premises_id')::bigint), v_from, v_from + 1,
            jsonb_build_object('came_from', p_args->>'came_from', 'reason', p_args->>'reason'));
    end if;
    perform passport.assert_details(v_id, v_from, coalesce(p_args->'details', '{}'), p_kind.title);
    return jsonb_build_object('person_id', v_id);
end $$;

-- A Latin letter in a Russian word is a slip nobody sees and no search finds; a Latin word is the layout that was not switched, or a
-- foreigner's name, which is typed twice.
create function passport.need_letters(p_where text, p_name text) returns void language plpgsql stable
as $$
declare
    v_word text;
begin
    select w into v_word from regexp_split_to_table(p_name, '[-‑ .''’]+') w where w ~ '[A-Za-z]' order by w !~ '[А-Яа-яЁё]' limit 1;
    if v_word ~ '[А-Яа-яЁё]' then
        perform admin.refuse('KV004', format('%s: в имени «%s» латинская буква «%s» среди русских', p_where, p_name, substring(v_word from '[A-Za-z]')), null,
            'Наберите имя русскими буквами');
    elsif v_word is not null and not admin.is_typed_twice() then
        perform admin.refuse('KV004', format('%s: имя «%s» набрано латинскими буквами', p_where, p_name), null,
            'Наберите его по-русски; если в документе оно латинское, наберите дважды (в kvartal op — "twice": true)');
    end if;
end $$;

create function passport.judge_person_name(p_title text, p_value jsonb) returns void language sql stable
as $$ select passport.need_letters(p_title, p_value->>part) from unnest('{last_name,first_name,middle_name}'::text[]) part where p_value->>part is not null $$;

create function passport.judge_person_name_case(p_title text, p_value jsonb) returns void language sql stable
as $$ select passport.judge_person_name(p_title, p_value) $$;

-- What is recorded of a person in premises begins on a day when they live there or own them: another day is a slip, or somebody else
-- was meant. Those who are not known to live anywhere yet are registered first.
create function passport.need_there(p_person bigint, p_premises bigint, p_day date, p_where text) returns void language plpgsql stable
as $$
declare
    v_since date;
begin
    -- fact_place refuses what cannot be seen
    if not exists (select from cards_data.premises where id = p_premises) or exists (
        select from passport_data.residence r
        where r.person_id = p_person and r.premises_id = p_premises and r.retracted is null and not r.void and r.valid_from <= p_day and r.valid_to > p_day
        union all
        select from passport_data.ownership w
        where w.person_id = p_person and w.premises_id = p_premises and w.retracted is null and not w.void and w.valid_from <= p_day and w.valid_to > p_day
    ) then
        return;
    end if;
    select min(r.valid_from) into v_since from passport_data.residence r
    where r.person_id = p_person and r.premises_id = p_premises and r.retracted is null and not r.void and r.valid_from > p_day;
    perform admin.refuse(
        'KV004', format('%s: человек на %s в этом помещении не живёт и им не владеет', p_where, to_char(p_day, 'DD.MM.YYYY')), null,
        case when v_since is null then 'Проверьте человека, помещение и день'
            else format('Он живёт здесь с %s: укажите этот день', to_char(v_since, 'DD.MM.YYYY')) end
    );
end $$;

create function passport.check_temporary_absence(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$
    select passport.need_there((p_key->>'person_id')::bigint, (p_key->>'premises_id')::bigint, p_day, 'Временное отсутствие')
    where p_value is not null
$$;

-- A new name changes what the search finds wherever the person lives or pays.
create function passport.after_person_name(p_key jsonb) returns void language sql
as $$
    select cards.search_rebuild(array(
        select premises_id from passport_data.residence where person_id = (p_key->>'person_id')::bigint and retracted is null and not void
        union
        select a.premises_id from cards_data.account_holder h join cards_data.account a on a.id = h.account_id
        where h.person_id = (p_key->>'person_id')::bigint and h.retracted is null and not h.void
    ))
$$;

-- So does a move.
create function passport.after_residence(p_key jsonb) returns void language sql
as $$ select cards.search_rebuild(array[(p_key->>'premises_id')::bigint]) $$;
