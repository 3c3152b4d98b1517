-- Personal data: who may see a person, what is masked, and the reading that is journalled.

-- All but the last three signs of a number hidden; null stays null.
create function passport.masked(p_number text) returns text language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$ select regexp_replace(left(p_number, greatest(length(p_number) - 3, 0)), '[[:alnum:]]', '*', 'g') || right(p_number, 3) $$;

-- Whether a person lived, owned or paid anywhere the operator sees.
create function passport.may_see(p_person bigint) returns boolean language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select exists (select from passport_data.residence where person_id = p_person and retracted is null and not void)
        or exists (select from passport_data.ownership where person_id = p_person and retracted is null and not void)
        or exists (select from cards_data.account_holder where person_id = p_person and retracted is null and not void)
$$;

-- What a person is called today, for whoever may see them.
create function passport.called(p_person bigint) returns text language sql stable
as $$
    select concat_ws(' ', n.last_name, n.first_name, n.middle_name)
    from passport_data.person_name n
    where n.person_id = p_person and n.retracted is null and not n.void and n.valid_from <= admin.as_of() and n.valid_to > admin.as_of()
        and passport.may_see(p_person)
$$;

-- Facts of persons have no house to be refused by: whoever records one must see the person.
create function passport.need_person(p_person bigint) returns void language plpgsql stable
as $$
begin
    if not passport.may_see(p_person) then
        perform admin.refuse('KV003', 'Человек не найден или вам не виден', null, 'Проверьте свой участок и откройте карточку заново');
    end if;
end $$;

create function passport.check_phone(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select passport.need_person((p_key->>'person_id')::bigint) $$;

create function passport.check_identity_document(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select passport.need_person((p_key->>'person_id')::bigint) $$;

-- Nobody has a name before they are born.
create function passport.check_person_name(p_key jsonb, p_day date, p_value jsonb) returns void language plpgsql stable
as $$
declare
    v_born date := (select born_on from passport_data.person where id = (p_key->>'person_id')::bigint);
begin
    perform passport.need_person((p_key->>'person_id')::bigint);
    if p_day < v_born then
        perform admin.refuse('KV004', format('Смена имени: %s раньше рождения, %s', to_char(p_day, 'DD.MM.YYYY'), to_char(v_born, 'DD.MM.YYYY')), null,
            'Проверьте день');
    end if;
end $$;

create function passport.check_person_birth(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select passport.need_person((p_key->>'person_id')::bigint) $$;

create function passport.check_citizenship(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select passport.need_person((p_key->>'person_id')::bigint) $$;

create function passport.check_person_name_case(p_key jsonb, p_day date, p_value jsonb) returns void language sql stable
as $$ select passport.need_person((p_key->>'person_id')::bigint) $$;

-- Reads the whole card of a person, numbers of papers and phones unmasked, and writes down who read it. Passport clerks, debt
-- officers and the centre may; everybody else has the masked heads.
create function passport.card_open(p_person_id bigint)
returns table (
    person_id bigint, full_name text, sex text, born_on date, document_kind text, series text, number text, issued_on date, issued_by text,
    issuer_code text, phones text, registered_at text, registered_on date
)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform admin.need_operator();
    if not admin.may_call('passport.card_open') then
        perform admin.refuse('KV001', 'Нет права читать карточку человека целиком', null, 'Право даёт администратор; без него видны имя и скрытые номера');
    end if;
    perform passport.need_person(p_person_id);
    insert into passport_data.card_reading (person_id, operator) values (p_person_id, admin.operator());
    return query
        select h.person_id, h.full_name, h.sex, h.born_on, d.kind, d.series, d.number, d.issued_on, d.issued_by, d.issuer_code,
            (select string_agg(concat_ws(' ', f.number, f.note), ', ' order by f.phone_no) from passport.phone f where f.person_id = h.person_id),
            h.address, h.registered_on
        from passport.person_head h left join passport.identity_document d on d.person_id = h.person_id
        where h.person_id = p_person_id order by d.kind = 'passport' desc nulls last limit 20;
end $$;
