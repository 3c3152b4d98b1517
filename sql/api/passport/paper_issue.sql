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

-- What a paper says. Reading it is reading the cards of everybody on it, and is written down.
create function passport.paper_content(
    p_kind passport_data.paper_kind, p_premises_id bigint, p_person_id bigint, p_day date, p_number text, p_purpose text
) returns jsonb language plpgsql
as $$
declare
    v_premises jsonb := passport.paper_premises(p_premises_id, p_day);
    v_residents jsonb := passport.paper_people(p_premises_id, p_day, false);
    v_former jsonb := passport.paper_people(p_premises_id, p_day, true);
    v_person jsonb;
begin
    if v_premises is null then
        perform admin.refuse('KV003', format('Помещение № %s не найдено или вам не видно', p_premises_id), null, 'Проверьте номер и свой участок');
    end if;
    if p_kind.is_of_person then
        select r.value into v_person from jsonb_array_elements(v_residents || v_former) with ordinality r (value, place)
        where (r.value->>'person_id')::bigint = p_person_id order by r.place limit 1;
        if v_person is null then
            perform admin.refuse('KV003', 'Этот человек здесь не зарегистрирован и не был зарегистрирован',
                format('%s, на %s', v_premises->>'address', to_char(p_day, 'DD.MM.YYYY')), 'Выберите человека в списке жильцов');
        end if;
        if p_kind.code = 'household' and v_person->>'removed_on' is not null then
            perform admin.refuse('KV006', format('На %s этот человек здесь уже не зарегистрирован', to_char(p_day, 'DD.MM.YYYY')), null, 'Укажите день, на который он был зарегистрирован, или выдайте выписку из домовой книги');
        end if;
    end if;
    insert into passport_data.card_reading (person_id, operator)
    select distinct (r.value->>'person_id')::bigint, admin.operator() from jsonb_array_elements(v_residents || v_former) r (value) order by 1;
    return passport.paper_signers() || jsonb_build_object(
        'number', p_number, 'issued_on', current_date, 'as_of', p_day, 'valid_to', current_date + p_kind.valid_days, 'purpose', p_purpose,
        'premises', v_premises, 'owners', passport.paper_owners(p_premises_id, p_day), 'person', v_person,
        'residents', v_residents, 'former', v_former, 'count', jsonb_array_length(v_residents),
        'count_stay', (select count(*) from jsonb_array_elements(v_residents) r (value) where (r.value->>'is_temporary')::boolean),
        'children', (
            select coalesce(jsonb_agg(r.value), '[]') from jsonb_array_elements(v_residents) r (value)
            where (r.value->>'born_on')::date > (p_day - interval '14 years')
        )
    );
end $$;

create function passport.need_paper_right() returns void language plpgsql stable
as $$
begin
    perform admin.need_operator();
    if not exists (select from unnest('{kvartal_passport,kvartal_centre}'::name[]) r where pg_has_role(admin.operator(), r, 'member')) then
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
        passport.paper_content(v_kind, p_premises_id, p_person_id, coalesce(p_day, current_date), 'проект', coalesce(nullif(btrim(p_purpose), ''), 'по месту требования')));
end $$;

-- The next number of a series: none is left out, for the row stays locked until the paper is kept.
create function passport.paper_number(p_series text, p_day date) returns text language plpgsql
as $$
declare
    v_year smallint := extract(year from p_day);
    v_number int;
begin
    insert into passport_data.paper_series as s (series, year, last) values (p_series, v_year, 1)
    on conflict (series, year) do update set last = s.last + 1
    returning s.last into v_number;
    return format('%s-%s/%s', p_series, v_number, v_year);
end $$;

-- Handler: {"paper", "premises_id", "person_id"?, "as_of"?, "purpose"?}: numbers the paper, keeps what it says, orders its file.
create function passport.paper_issue(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_day date := case when p_args->>'as_of' is null then current_date else admin.need_date(p_args, 'as_of', p_kind.title) end;
    v_kind passport_data.paper_kind := passport.need_paper_kind(admin.need_text(p_args, 'paper', p_kind.title), v_day);
    v_premises bigint := admin.need_number(p_args, 'premises_id', p_kind.title);
    v_person bigint := case when v_kind.is_of_person then admin.need_number(p_args, 'person_id', p_kind.title) end;
    v_purpose text := coalesce(nullif(btrim(p_args->>'purpose'), ''), 'по месту требования');
    v_number text;
begin
    perform admin.need_only(p_args, '{paper,premises_id,person_id,as_of,purpose}', p_kind.title);
    if v_day > current_date then
        perform admin.refuse('KV004', format('%s: день %s ещё не наступил', p_kind.title, to_char(v_day, 'DD.MM.YYYY')), null, 'Справка говорит о том, что есть или было');
    end if;
    v_number := passport.paper_number(v_kind.series, current_date);
    insert into passport_data.paper (id, kind_id, number, unit_id, scope, premises_id, person_id, as_of, purpose, operator, content)
    select v_operation.id, v_kind.id, v_number, p.unit_id, p.scope, p.id, v_person, v_day, v_purpose, admin.operator(),
        passport.paper_content(v_kind, v_premises, v_person, v_day, v_number, v_purpose)
    from cards_data.premises p where p.id = v_premises;
    if not found then
        perform admin.refuse('KV003', format('Помещение № %s не найдено или вам не видно', v_premises), null, 'Проверьте номер и свой участок');
    end if;
    return admin.order_job(p_kind, p_args) || jsonb_build_object('number', v_number);
end $$;

-- A paper as it was issued, line by line; who opens it reads the cards of everybody on it. {"lines"}.
create function passport.paper_open(p_operation uuid) returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_paper passport_data.paper;
begin
    perform passport.need_paper_right();
    select * into v_paper from passport_data.paper where id = p_operation;
    if not found then
        perform admin.refuse('KV003', 'Справка не найдена или вам не видна', null, 'Проверьте номер и свой участок');
    end if;
    insert into passport_data.card_reading (person_id, operator)
    select distinct (r.value->>'person_id')::bigint, admin.operator()
    from jsonb_array_elements((v_paper.content->'residents') || (v_paper.content->'former')) r (value) order by 1;
    return jsonb_build_object('lines', case
        when v_paper.body is null then jsonb_build_array(format('Файл справки %s ещё составляется: откройте её чуть позже.', v_paper.number))
        else to_jsonb(string_to_array(rtrim(replace(v_paper.body, chr(12), chr(12) || chr(10)), chr(10)), chr(10))) end);
end $$;

-- The file of an issued paper, for whoever prints it: {"pdf" in base64, "text"}. It is read like the cards of everybody on it.
create function passport.paper_file(p_number text) returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_paper passport_data.paper;
begin
    select * into v_paper from passport_data.paper where number = p_number;
    perform passport.paper_open(v_paper.id);
    return jsonb_build_object('pdf', encode(v_paper.pdf, 'base64'), 'text', v_paper.body);
end $$;
