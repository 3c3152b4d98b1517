-- Issuing papers: the draft an operator looks at, the operation that numbers and keeps what is said, the journal.

-- The kind, if papers of it are issued on the day.
create function passport.need_paper_kind(p_code text, p_day date) returns passport_data.paper_kind language plpgsql stable
as $$
declare
    v_kind passport_data.paper_kind;
    v_terms passport_data.paper_terms;
begin
    select * into v_kind from passport_data.paper_kind where code = p_code;
    if not found then
        perform admin.refuse('KV004', format('Справки «%s» нет', p_code), null,
            'Есть: ' || (select string_agg(code, ', ' order by id) from passport_data.paper_kind));
    end if;
    select * into v_terms from passport_data.paper_terms
    where paper_kind_id = v_kind.id and retracted is null and not void and valid_from <= p_day and valid_to > p_day;
    if not v_terms.is_issued then
        perform admin.refuse('KV006', format('«%s» больше не выдаётся', v_kind.title), null, 'Порядок выдачи меняет операция passport.paper_terms');
    end if;
    v_kind.valid_days := coalesce(v_terms.valid_days, v_kind.valid_days);
    return v_kind;
end $$;

-- Whose particulars a paper tells of.
create function passport.paper_tells_of(p_content jsonb) returns bigint[] language sql immutable
as $$
    select coalesce(array_agg(distinct (r.value->>'person_id')::bigint), '{}')
    from jsonb_array_elements((p_content->'residents') || (p_content->'former')) r (value)
$$;

-- The children under 14 of the person a paper tells of. Relations are told to the head of the household: sons and daughters are the head's and
-- the spouse's; whose child anybody else is nobody has written down, and a card may not guess it.
create function passport.paper_children(p_person jsonb, p_residents jsonb, p_day date) returns jsonb language sql immutable
as $$
    select coalesce(jsonb_agg(r.value order by r.place), '[]') from jsonb_array_elements(p_residents) with ordinality r (value, place)
    where (r.value->>'born_on')::date > (p_day - interval '14 years') and r.value->>'relation' in ('сын', 'дочь')
        and (passport.is_head(p_person->>'relation') or p_person->>'relation' in ('муж', 'жена'))
$$;

-- What a paper says, but its number. Reading it is reading the cards of everybody on it, and is written down.
create function passport.paper_content(
    p_kind passport_data.paper_kind, p_premises_id bigint, p_person_id bigint, p_day date, p_purpose text
) returns jsonb language plpgsql
as $$
declare
    v_premises jsonb := passport.paper_premises(p_premises_id, p_day);
    v_residents jsonb := passport.paper_people(p_premises_id, p_day, false);
    v_former jsonb := passport.paper_people(p_premises_id, p_day, true);
    v_person jsonb;
begin
    if v_premises is null then
        perform admin.refuse('KV003', format('%s: %s', p_kind.title, admin.unseen('premises')), null, 'Проверьте свой участок и откройте карточку заново');
    end if;
    if p_kind.is_of_person then
        -- Of several stays the one that lasts, else the last.
        select r.value into v_person from jsonb_array_elements(v_residents || v_former) with ordinality r (value, place)
        where (r.value->>'person_id')::bigint = p_person_id
        order by (r.value->>'removed_on' is null) = (p_kind.stay = 'ended'), r.value->>'removed_on' desc nulls first, r.place limit 1;
        if v_person is null then
            perform admin.refuse('KV003', 'Этот человек здесь не зарегистрирован и не был зарегистрирован',
                format('%s, на %s', v_premises->>'address', to_char(p_day, 'DD.MM.YYYY')), 'Выберите человека в списке жильцов');
        end if;
        if p_kind.stay = 'ended' and v_person->>'removed_on' is null then
            perform admin.refuse('KV006', format('На %s этот человек здесь не снят с учёта', to_char(p_day, 'DD.MM.YYYY')), null,
                'Сначала снимите его с учёта: экран 233; если день раньше снятия, укажите более поздний');
        elsif p_kind.stay = 'present' and v_person->>'removed_on' is not null then
            perform admin.refuse('KV006', format('На %s этот человек здесь уже не зарегистрирован', to_char(p_day, 'DD.MM.YYYY')), null, 'Укажите день, на который он был зарегистрирован, или выдайте выписку из домовой книги');
        end if;
    end if;
    insert into passport_data.card_reading (person_id, operator)
    select person_id, admin.operator() from unnest(passport.paper_tells_of(jsonb_build_object('residents', v_residents, 'former', v_former))) person_id;
    return passport.paper_signers() || jsonb_build_object(
        'issued_on', current_date, 'as_of', p_day, 'valid_to', current_date + p_kind.valid_days, 'purpose', p_purpose,
        'premises', v_premises, 'owners', passport.paper_owners(p_premises_id, p_day), 'person', v_person,
        'residents', v_residents, 'former', v_former, 'count', jsonb_array_length(v_residents),
        'count_stay', (select count(*) from jsonb_array_elements(v_residents) r (value) where (r.value->>'is_temporary')::boolean),
        'children', passport.paper_children(v_person, v_residents, p_day)
    );
end $$;

create function passport.need_paper_right() returns void language plpgsql stable
as $$
begin
    perform admin.need_operator();
    if not admin.may_call('passport.paper_draft') then
        perform admin.refuse('KV001', 'Нет права составлять справки', null, 'Право даёт администратор: группа «паспортист»');
    end if;
end $$;

-- The draft: everything but the number. {"template", "data"}.
create function passport.paper_draft(p_kind text, p_premises_id bigint, p_person_id bigint, p_day date, p_purpose text) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_kind passport_data.paper_kind := passport.need_paper_kind(p_kind, coalesce(p_day, current_date));
begin
    perform passport.need_paper_right();
    return jsonb_build_object('template', v_kind.template, 'data',
        passport.paper_content(v_kind, p_premises_id, p_person_id, coalesce(p_day, current_date), coalesce(nullif(btrim(p_purpose), ''), 'по месту требования'))
            || '{"number": "проект"}');
end $$;

-- Handler: {"paper", "premises_id", "person_id"?, "as_of"?, "purpose"?}: enters the paper into the archive with what it says, orders its file.
create function passport.paper_issue(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_day date := case when p_args->>'as_of' is null then current_date else admin.need_date(p_args, 'as_of', p_kind.title) end;
    v_kind passport_data.paper_kind := passport.need_paper_kind(admin.need_text(p_args, 'paper', p_kind.title), v_day);
    v_premises bigint := admin.need_number(p_args, 'premises_id', p_kind.title);
    v_person bigint := case when v_kind.is_of_person then admin.need_number(p_args, 'person_id', p_kind.title) end;
    v_purpose text := coalesce(nullif(btrim(p_args->>'purpose'), ''), 'по месту требования');
    v_content jsonb;
    v_number text;
begin
    perform admin.need_only(p_args, '{paper,premises_id,person_id,as_of,purpose}', p_kind.title);
    if v_day > current_date then
        perform admin.refuse('KV004', format('%s: день %s ещё не наступил', p_kind.title, to_char(v_day, 'DD.MM.YYYY')), null, 'Справка говорит о том, что есть или было');
    end if;
    v_content := passport.paper_content(v_kind, v_premises, v_person, v_day, v_purpose);
    v_number := admin.document_register(
        v_operation.id, v_operation.id, 'passport.' || v_kind.code, v_kind.title, 'premises', v_premises, v_person, v_day, v_content,
        passport.paper_tells_of(v_content)
    );
    insert into passport_data.paper (id, kind_id, scope, purpose)
    select v_operation.id, v_kind.id, d.scope, v_purpose from admin_data.document d where d.id = v_operation.id;
    return admin.order_job(p_kind, p_args) || jsonb_build_object('number', v_number);
end $$;
