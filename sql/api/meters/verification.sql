-- Meters whose verification ran out or soon will: what is charged by it until then is charged by the average afterwards (354 п. 59).

-- The day up to which the list looks unless told otherwise.
create function meters.verification_until() returns table (until date) language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select admin.as_of() + coalesce((
        select f.value::int from cards_data.parameter_value f join cards_data.parameter p on p.id = f.parameter_id
        where p.code = 'verification_notice_days' and f.retracted is null and not f.void
            and f.valid_from <= admin.as_of() and f.valid_to > admin.as_of()
    ), 0)
$$;

-- The last verification of each meter that stands in its place, where it ends before a day.
create function meters.verification_ends(p_until date)
returns table (meter_id bigint, verify_by date, certificate text, service_id bigint, serial text, kind text, address text, number text)
language sql stable
as $$
    select m.id, v.valid_to, v.certificate, m.service_id, m.serial, m.kind, coalesce(d.address, h.address), coalesce(p.number, '')
    from meters_data.meter_verified v
    join meters_data.meter m on m.id = v.meter_id
    join cards.house_address h on h.house_id = m.house_id
    left join cards_data.premises p on p.id = m.premises_id
    left join cards.premises_address d on d.premises_id = m.premises_id
    where v.retracted is null and not v.void and v.valid_to < p_until
        and not exists (
            select from meters_data.meter_verified n where n.meter_id = v.meter_id and n.retracted is null and not n.void and n.valid_from >= v.valid_to
        )
        and exists (
            select from meters_data.meter_installed i
            where i.meter_id = m.id and i.retracted is null and not i.void and i.valid_from <= admin.as_of() and i.valid_to > admin.as_of()
        )
$$;

-- The list, the first to run out first. p_after: {"verify_by", "meter_id"} of the last row seen.
create function meters.verification_list(p_until date, p_line text default null, p_folded text default null, p_after jsonb default null, p_limit int default 100)
returns table (
    verify_by date, meter_id bigint, serial text, service text, kind text, address text, certificate text, state text, row_style text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select e.verify_by, e.meter_id, e.serial, s.name, e.kind, e.address, e.certificate,
        case when e.verify_by <= admin.as_of() then 'ended' else 'ending' end, case when e.verify_by <= admin.as_of() then 'bad' end
    from meters.verification_ends(p_until) e
    join cards_data.service s on s.id = e.service_id
    where (p_after is null or (e.verify_by, e.meter_id) > ((p_after->>'verify_by')::date, (p_after->>'meter_id')::bigint))
        and (cards.line_fits(p_line, e.number, e.serial || ' ' || e.address) or p_folded is not null and cards.line_fits(p_folded, e.number, e.serial || ' ' || e.address))
    order by e.verify_by, e.meter_id limit least(greatest(p_limit, 0), 2000)
$$;

create function meters.verification_count(p_until date, p_line text default null, p_folded text default null) returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) from (
        select from meters.verification_ends(p_until) e
        where cards.line_fits(p_line, e.number, e.serial || ' ' || e.address)
            or p_folded is not null and cards.line_fits(p_folded, e.number, e.serial || ' ' || e.address)
        limit 10001
    ) bounded
$$;
