-- What papers of the passport desk print, as one JSON object; names, days and sums, no layout. The fields are those of
-- reports/passport/sample.toml.

-- Unbroken stays of everybody in premises, pieces of one stay joined.
create function passport.stays(p_premises_id bigint)
returns table (person_id bigint, is_temporary boolean, began date, ended date) language sql stable
as $$
    select s.person_id, s.is_temporary, lower(r), coalesce(upper(r), 'infinity')
    from (
        select person_id, is_temporary, range_agg(daterange(valid_from, nullif(valid_to, 'infinity'))) as days
        from passport_data.residence
        where premises_id = p_premises_id and admin.was_known(asserted, retracted) and not void
        group by person_id, is_temporary
    ) s, unnest(s.days) r
$$;

create function passport.document_title(p_kind text) returns text language sql immutable
as $$
    select case p_kind
        when 'passport' then 'паспорт гражданина Российской Федерации' when 'birth_certificate' then 'свидетельство о рождении'
        when 'foreign_passport' then 'паспорт иностранного гражданина' when 'residence_permit' then 'вид на жительство'
        when 'temporary_card' then 'временное удостоверение личности' when 'military_id' then 'военный билет' else p_kind
    end
$$;

-- A certificate is of the middle gender.
create function passport.document_issued(p_kind text) returns text language sql immutable
as $$ select case when p_kind in ('birth_certificate', 'temporary_card') then 'выдано' else 'выдан' end $$;

-- Whether a relation is that of the one all others are told by.
create function passport.is_head(p_relation text) returns boolean language sql immutable
as $$ select coalesce(p_relation in ('глава семьи', 'собственник', 'наниматель'), false) $$;

-- A right to premises in words; nobody lives in non-residential ones, and they are leased, not hired.
create function passport.tenure_title(p_tenure text, p_kind text) returns text language sql immutable
as $$
    select case when p_tenure <> 'ownership' and p_kind = 'non_residential' then 'аренда' else case p_tenure when 'ownership' then 'собственность' when 'social' then 'социальный наём' when 'service' then 'служебное помещение'
        when 'commercial' then 'коммерческий наём' end end
$$;

-- A person as of a day: names, birth, citizenship, the document, names in cases written by hand.
create function passport.paper_person(p_person_id bigint, p_day date) returns jsonb language sql stable
as $$
    select jsonb_build_object(
        'last_name', coalesce(n.last_name, ''), 'first_name', coalesce(n.first_name, ''), 'middle_name', n.middle_name, 'sex', p.sex,
        'born_on', p.born_on,
        'birth_place', concat_ws(', ', nullif(b.birth_country, 'Россия'), b.birth_region, b.birth_district, b.birth_town),
        'citizenship', c.country,
        'cases', (
            select coalesce(jsonb_object_agg(k.name_case, jsonb_build_object('last_name', k.last_name, 'first_name', k.first_name, 'middle_name', k.middle_name)), '{}')
            from passport_data.person_name_case k
            where k.person_id = p.id and admin.was_known(k.asserted, k.retracted) and not k.void and k.valid_from <= p_day and k.valid_to > p_day
        ),
        'document', case when d.kind is not null then jsonb_build_object(
            'title', passport.document_title(d.kind), 'series', d.series, 'number', d.number, 'issued_on', d.issued_on,
            'issued_by', d.issued_by, 'issuer_code', d.issuer_code, 'issued', passport.document_issued(d.kind)) end,
        'document_text', concat_ws(', ',
            nullif(concat_ws(' ', case d.kind when 'passport' then 'паспорт' else passport.document_title(d.kind) end, d.series, d.number), ''),
            case when d.issued_on is not null or d.issued_by is not null then concat_ws(' ', passport.document_issued(d.kind), to_char(d.issued_on, 'DD.MM.YYYY'), d.issued_by) end),
        'former_names', (
            select string_agg(concat_ws(' ', f.last_name, f.first_name, f.middle_name) || ' (до ' || to_char(f.valid_to, 'DD.MM.YYYY') || ')', '; ' order by f.valid_from)
            from passport_data.person_name f
            where f.person_id = p.id and admin.was_known(f.asserted, f.retracted) and not f.void and f.valid_to <= p_day
        )
    )
    from passport_data.person p
    left join passport_data.person_name n on n.person_id = p.id and admin.was_known(n.asserted, n.retracted) and not n.void and n.valid_from <= p_day and n.valid_to > p_day
    left join passport_data.person_birth b on b.person_id = p.id and admin.was_known(b.asserted, b.retracted) and not b.void and b.valid_from <= p_day and b.valid_to > p_day
    left join passport_data.citizenship c on c.person_id = p.id and admin.was_known(c.asserted, c.retracted) and not c.void and c.valid_from <= p_day and c.valid_to > p_day
    left join lateral (
        select * from passport_data.identity_document i
        where i.person_id = p.id and admin.was_known(i.asserted, i.retracted) and not i.void and i.valid_from <= p_day and i.valid_to > p_day
        order by array_position('{passport,foreign_passport,residence_permit,temporary_card,birth_certificate}'::text[], i.kind) limit 1
    ) d on true
    where p.id = p_person_id
$$;

-- A person with one stay of theirs in premises. Who left is described as on the last day of the stay.
create function passport.paper_resident(p_premises_id bigint, p_day date, p_person_id bigint, p_temporary boolean, p_began date, p_ended date)
returns jsonb language sql stable
as $$
    select passport.paper_person(p_person_id, least(p_day, p_ended - 1)) || jsonb_build_object(
        'person_id', p_person_id, 'is_temporary', p_temporary, 'from', p_began,
        'to', case when p_temporary and p_ended < 'infinity' then p_ended - 1 end,
        'removed_on', case when p_ended <= p_day then p_ended end,
        'relation', (
            select r.relation from passport_data.residence r
            where r.premises_id = p_premises_id and r.person_id = p_person_id and admin.was_known(r.asserted, r.retracted) and not r.void
                and r.valid_from <= least(p_day, p_ended - 1) and r.valid_to > least(p_day, p_ended - 1)
        ),
        'arrived_on', a.valid_from, 'arrived_from', a.came_from, 'arrived_why', a.reason,
        'left_for', case when p_ended <= p_day then l.went_to end, 'left_why', case when p_ended <= p_day then l.reason end
    )
    from (select 1) one
    left join passport_data.residence_arrival a on a.premises_id = p_premises_id and a.person_id = p_person_id
        and admin.was_known(a.asserted, a.retracted) and not a.void and a.valid_from = p_began
    left join passport_data.residence_departure l on l.premises_id = p_premises_id and l.person_id = p_person_id
        and admin.was_known(l.asserted, l.retracted) and not l.void and l.valid_from = p_ended
$$;

-- Those registered on a day, the head of the household first, then as they came; or those whose stay ended by that day, as they left.
create function passport.paper_people(p_premises_id bigint, p_day date, p_former boolean) returns jsonb language sql stable
as $$
    select coalesce(jsonb_agg(
        o.said order by case when p_former then s.ended end, not passport.is_head(o.said->>'relation'), s.is_temporary, s.began, p.born_on, s.person_id), '[]')
    from passport.stays(p_premises_id) s
    join passport_data.person p on p.id = s.person_id
    cross join lateral (select passport.paper_resident(p_premises_id, p_day, s.person_id, s.is_temporary, s.began, s.ended) as said) o
    where case when p_former then s.ended <= p_day else s.began <= p_day and s.ended > p_day end
$$;

create function passport.paper_owners(p_premises_id bigint, p_day date) returns jsonb language sql stable
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'name', coalesce(concat_ws(' ', n.last_name, n.first_name, n.middle_name), o.name, ''),
        'share', e.share_numerator || '/' || e.share_denominator, 'from', e.valid_from) order by e.owner_no), '[]')
    from passport_data.ownership e
    left join passport_data.person_name n on e.person_id is not null and n.person_id = e.person_id and admin.was_known(n.asserted, n.retracted) and not n.void
        and n.valid_from <= p_day and n.valid_to > p_day
    left join cards_data.organisation o on o.id = e.organisation_id
    where e.premises_id = p_premises_id and admin.was_known(e.asserted, e.retracted) and not e.void and e.valid_from <= p_day and e.valid_to > p_day
$$;

create function passport.paper_premises(p_premises_id bigint, p_day date) returns jsonb language sql stable
as $$
    select jsonb_build_object(
        'address', cards.address_told(s.settlement, s.kind, s.name, h.number, p.kind, p.number, f.kind, f.number),
        'settlement', s.settlement, 'street', concat_ws(' ', s.kind, s.name), 'house', h.number,
        'flat', case when f.id is null then p.number else f.number || ', комн. ' || p.number end, 'floor', p.floor,
        'area_total', r.area_total::text, 'area_living', r.area_living::text, 'rooms', r.rooms,
        'account', a.number, 'holder', coalesce(nullif(concat_ws(' ', n.last_name, n.first_name, n.middle_name), ''), o.name),
        'phone', (
            select t.number from passport_data.phone t
            where t.person_id = c.person_id and admin.was_known(t.asserted, t.retracted) and not t.void and t.valid_from <= p_day and t.valid_to > p_day
            order by t.phone_no limit 1
        ),
        'tenure', passport.tenure_title(u.tenure, p.kind), 'tenure_document', u.document
    )
    from cards_data.premises p
    left join cards_data.premises f on f.id = p.parent_id
    join cards_data.house h on h.id = p.house_id
    join cards_data.street s on s.id = h.street_id
    left join cards_data.premises_area r on r.premises_id = p.id and admin.was_known(r.asserted, r.retracted) and not r.void and r.valid_from <= p_day and r.valid_to > p_day
    left join lateral (
        select a.id, a.number from cards_data.account a
        join cards_data.account_open w on w.account_id = a.id and admin.was_known(w.asserted, w.retracted) and not w.void and w.valid_from <= p_day and w.valid_to > p_day
        where a.premises_id = p.id order by a.number limit 1
    ) a on true
    left join cards_data.account_holder c on c.account_id = a.id and admin.was_known(c.asserted, c.retracted) and not c.void and c.valid_from <= p_day and c.valid_to > p_day
    left join passport_data.person_name n on n.person_id = c.person_id and admin.was_known(n.asserted, n.retracted) and not n.void and n.valid_from <= p_day and n.valid_to > p_day
    left join cards_data.organisation o on o.id = c.organisation_id
    left join passport_data.premises_tenure u on u.premises_id = p.id and admin.was_known(u.asserted, u.retracted) and not u.void and u.valid_from <= p_day and u.valid_to > p_day
    where p.id = p_premises_id
$$;

-- Who issues and who signs: the centre, its head, the operator.
create function passport.paper_signers() returns jsonb language sql stable
as $$
    select jsonb_build_object(
        'organisation', (select jsonb_build_object('name', g.name, 'address', g.address, 'phone', g.phone, 'tin', g.tin) from cards_data.organisation g where g.id = 0),
        'head', coalesce(
            (select jsonb_build_object('title', f.post, 'last_name', f.last_name, 'first_name', f.first_name, 'middle_name', f.middle_name, 'sex', null)
             from cards_data.officer f
             where f.organisation_id = 0 and f.office = 'head' and admin.was_known(f.asserted, f.retracted) and not f.void and f.valid_from <= current_date and f.valid_to > current_date),
            '{"title": "Руководитель", "last_name": "", "first_name": "", "middle_name": null, "sex": null}'),
        'clerk', (
            select jsonb_build_object(
                'title', upper(left(w.job, 1)) || substr(w.job, 2), 'sex', null, 'last_name', split_part(w.full_name, ' ', 1),
                'first_name', split_part(w.full_name, ' ', 2), 'middle_name', nullif(split_part(w.full_name, ' ', 3), ''))
            from admin_data.operator w where w.login = admin.operator()
        )
    )
$$;
