-- What the passport desk keeps of a person beside names and registrations: birth, citizenship, documents, where from and where to.

-- Handler: {"person_id", "premises_id", "from", "went_to"?, "reason"?}: off the register, with where to and why.
create function passport.departure(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_from date := admin.need_date(p_args, 'from', p_kind.title);
    v_key jsonb := jsonb_build_object(
        'person_id', admin.need_number(p_args, 'person_id', p_kind.title)::bigint,
        'premises_id', admin.need_number(p_args, 'premises_id', p_kind.title)::bigint);
begin
    perform admin.need_only(p_args, '{person_id,premises_id,from,went_to,reason}', p_kind.title);
    perform billing.lock_units(array(select unit_id from cards_data.premises where id = (v_key->>'premises_id')::bigint));
    -- A slip in the year would take somebody off before they came, and give back what was charged since.
    if not exists (
        select from passport_data.residence f
        where f.person_id = (v_key->>'person_id')::bigint and f.premises_id = (v_key->>'premises_id')::bigint
            and f.retracted is null and not f.void and f.valid_from <= v_from and f.valid_to > v_from
    ) then
        -- Taken off by somebody else while the form was open: that is told, and by whom, not that nobody is registered.
        perform admin.need_seen(
            admin.need_fact_kind('residence'),
            'premises_id = ($1->>''premises_id'')::bigint and person_id = ($1->>''person_id'')::bigint', to_jsonb(f)
        )
        from passport_data.residence f
        where f.person_id = (v_key->>'person_id')::bigint and f.premises_id = (v_key->>'premises_id')::bigint
            and f.retracted is null and f.void and f.valid_from <= v_from and f.valid_to > v_from;
        perform admin.refuse('KV004', format('%s: на %s этот человек здесь не зарегистрирован', p_kind.title, to_char(v_from, 'DD.MM.YYYY')), null,
            'Проверьте день: он не раньше регистрации');
    end if;
    perform admin.fact_assert('residence', v_key, v_from, 'infinity', null);
    if coalesce(p_args->>'went_to', p_args->>'reason') is not null then
        perform admin.fact_assert('residence_departure', v_key, v_from, v_from + 1,
            jsonb_build_object('went_to', p_args->>'went_to', 'reason', p_args->>'reason'));
    end if;
    return '{}';
end $$;

-- What of a person papers print and the registration did not tell. Each part is a fact of its own; what is not given stays as it is.
create function passport.assert_details(p_person_id bigint, p_from date, p_details jsonb, p_where text) returns int language plpgsql
as $$
declare
    v_key jsonb := jsonb_build_object('person_id', p_person_id);
    v_document jsonb := jsonb_strip_nulls(coalesce(p_details->'document', '{}'));
    v_born date := (select born_on from passport_data.person where id = p_person_id);
    v_count int := 0;
begin
    perform admin.need_only(p_details, '{birth_town,birth_district,birth_region,birth_country,citizenship,document}', p_where);
    perform admin.need_only(v_document, '{kind,series,number,issued_on,issued_by,issuer_code}', p_where);
    if p_details->>'birth_town' is not null then
        perform admin.fact_assert('person_birth', v_key, coalesce(v_born, p_from), 'infinity', jsonb_build_object(
            'birth_town', p_details->>'birth_town', 'birth_district', p_details->>'birth_district', 'birth_region', p_details->>'birth_region',
            'birth_country', p_details->>'birth_country'));
        v_count := v_count + 1;
    elsif coalesce(p_details->>'birth_district', p_details->>'birth_region', p_details->>'birth_country') is not null then
        perform admin.refuse('KV004', format('%s: у места рождения нет населённого пункта', p_where), null,
            'Укажите его или оставьте место рождения пустым');
    end if;
    if p_details->>'citizenship' is not null then
        perform admin.fact_assert('citizenship', v_key, p_from, 'infinity', jsonb_build_object('country', p_details->>'citizenship'));
        v_count := v_count + 1;
    end if;
    if (v_document->>'issued_on')::date < v_born then
        perform admin.refuse('KV004', format('%s: документ выдан раньше рождения, %s', p_where, to_char(v_born, 'DD.MM.YYYY')), null,
            'Проверьте день выдачи и того ли человека это документ');
    end if;
    if v_document->>'number' is not null then
        perform admin.fact_assert('identity_document', v_key || jsonb_build_object('kind', coalesce(v_document->>'kind', 'passport')),
            case when v_document->>'issued_on' is null then p_from else admin.need_date(v_document, 'issued_on', p_where) end, 'infinity', v_document - 'kind');
        v_count := v_count + 1;
    elsif v_document <> '{}' then
        perform admin.refuse('KV004', format('%s: у документа нет номера', p_where), null, 'Укажите номер или оставьте поля документа пустыми');
    end if;
    return v_count;
end $$;

-- Handler: {"person_id", "from", "birth_town"?, …, "citizenship"?, "document"?}.
create function passport.person_details(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_person bigint := admin.need_number(p_args, 'person_id', p_kind.title);
    v_count int;
begin
    perform passport.need_person(v_person);
    v_count := passport.assert_details(v_person, admin.need_date(p_args, 'from', p_kind.title), p_args - '{person_id,from}'::text[], p_kind.title);
    if v_count = 0 then
        perform admin.refuse('KV004', format('%s: ничего не указано', p_kind.title), null, 'Заполните место рождения, гражданство или документ');
    end if;
    return jsonb_build_object('facts', v_count);
end $$;
