-- The one-line search. Row-level security would keep words away from every index, so a role that sees all rows searches and filters
-- by the operator's keys itself; plpgsql with EXECUTE, because the plan must know the words. Without
-- enable_seqscan = off a limit would tempt the planner to read the table from its beginning.

-- Words of the line as typed, without those that say nothing.
create function cards.search_tokens(p_line text) returns text[] language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(w order by place), '{}')
    from unnest(cards.words_of(left(p_line, 200))) with ordinality t (w, place)
    where w <> all ('{УЛ,УЛИЦА,ПР,ПРОСПЕКТ,ПЕР,ПЕРЕУЛОК,Д,ДОМ,КВ,КВАРТИРА,БУЛЬВАР,ПРОЕЗД,Г,ГОРОД,КОМН,КОМНАТА}') and place <= 12
$$;

-- The question to the words of the rows, or null when a word begins nothing anybody is found by. With typos forgiven such a word
-- stands for those like it.
create function cards.search_question(p_tokens text[], p_typos boolean) returns text language plpgsql stable
set search_path = public, pg_catalog, pg_temp
as $$
declare
    v_word text;
    v_like text;
    v_parts text[] := '{}';
begin
    foreach v_word in array p_tokens loop
        if v_word ~ '^[0-9]' then
            -- A house, premises, the number in a street's name; a long one also begins the number of an account.
            v_parts := v_parts || format('(''#%1$s'' | ''№%1$s'' | ''%1$s''%2$s)', v_word, case when v_word ~ '^[0-9]{4,}$' then ':*' else '' end);
        elsif length(v_word) = 1 then
            v_parts := v_parts || format('''~%s''', v_word);
        elsif exists (select from cards_data.search_word where word like v_word || '%') and not p_typos then
            v_parts := v_parts || format('''%s'':*', v_word);
        elsif p_typos then
            select string_agg(format('''%s''', w.word), ' | ') into v_like
            from (
                select word, similarity(word, v_word) as likeness, max(similarity(word, v_word)) over () as best
                from cards_data.search_word where word % v_word order by likeness desc, word limit 8
            ) w where w.likeness >= w.best - 0.1;
            if exists (select from cards_data.search_word where word like v_word || '%') then
                v_like := concat_ws(' | ', v_like, format('''%s'':*', v_word));
            elsif v_like is null then
                return null;
            end if;
            v_parts := v_parts || ('(' || v_like || ')');
        else
            return null;
        end if;
    end loop;
    return nullif(array_to_string(v_parts, ' & '), '');
end $$;

-- Accounts, houses, persons and meters by surname, name, address, account number, serial number or phone, in any order: «ленина 12 45
-- иванова», «4100123», «+7 921 123-45-67». p_folded is the same line as the other keyboard layout would have typed it. A word typed
-- wrong is forgiven when nothing is found as typed. Best first: rank 0 a number or phone hit exactly, 1 houses, 2 and 3 accounts and persons
-- of the surname, 4 and 5 others, 6 meters.
create function cards.search(p_line text, p_folded text default null, p_limit int default 20)
returns table (kind text, id bigint, title text, subtitle text, rank int)
language plpgsql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$
declare
    v_keys int[] := admin.my_keys();
    v_limit int := least(greatest(p_limit, 0), 200);
    v_line text;
    v_tokens text[];
    v_question text;
    v_found boolean := false;
begin
    if p_line ~ '^[-+() 0-9]+$' and length(regexp_replace(p_line, '[^0-9]', '', 'g')) >= 6 then
        return query select * from cards.search_phones(regexp_replace(p_line, '[^0-9]', '', 'g'), v_keys, v_limit);
        v_found := found;
    end if;
    if p_line ~ '[0-9]' then
        return query select * from cards.search_meters(p_line, v_keys, v_limit);
        v_found := v_found or found;
    end if;
    foreach v_line in array array[p_line, p_folded] loop
        v_tokens := cards.search_tokens(v_line);
        v_question := case when cards.search_worth(v_tokens) then cards.search_question(v_tokens, false) end;
        continue when v_question is null;
        return query select * from cards.search_rows(v_question, v_tokens, v_keys, v_limit);
        v_found := v_found or found;
        exit when v_found;
    end loop;
    if not v_found then
        foreach v_line in array array[p_line, p_folded] loop
            v_tokens := cards.search_tokens(v_line);
            v_question := case when cards.search_worth(v_tokens) then cards.search_question(v_tokens, true) end;
            continue when v_question is null;
            return query select * from cards.search_rows(v_question, v_tokens, v_keys, v_limit);
            exit when found;
        end loop;
    end if;
end $$;

-- One letter or one small number alone would find half the town.
create function cards.search_worth(p_tokens text[]) returns boolean language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select exists (select from unnest(p_tokens) t where t ~ '[[:alpha:]]{2}' or t ~ '^[0-9]{4,}$') $$;

-- Houses first; then accounts and persons whose surname was typed, then those the words fit otherwise (patronymics, streets); where a
-- house was named, its rows before those with that number of a flat.
create function cards.search_rows(p_question text, p_tokens text[], p_keys int[], p_limit int)
returns table (kind text, id bigint, title text, subtitle text, rank int)
language plpgsql stable
set search_path = public, pg_catalog, pg_temp
set enable_seqscan = off
as $$
declare
    v_numbers text[] := array(select t from unnest(p_tokens) with ordinality n (t, place) where t ~ '^[0-9]' order by place);
    v_surname text := (select string_agg(format('''=%s''', t), ' | ') from unnest(p_tokens) t where t ~ '^[[:alpha:]]{2,}$');
    v_begins text := replace(v_surname, ''' |', ''':* |') || ':*';
    v_count int;
begin
    return query execute
        'select kind, object_id, title, subtitle, 1 from cards_data.search_entry
         where words @@ $1::tsquery and scope = any ($2) order by length(house), house, subtitle, title, id limit $3'
        using '(' || p_question || ') & ''@house''', p_keys, least(p_limit, 5);
    if v_surname is not null then
        return query select * from cards.search_people(
            format('(%s) & (%s)', p_question, v_begins), v_numbers, v_surname, p_tokens[1], 2, p_keys, p_limit);
        get diagnostics v_count = row_count;
    end if;
    return query select * from cards.search_people(
        concat_ws(' & ', '(' || p_question || ')', '!''@house''', '!(' || v_begins || ')'), v_numbers, null, p_tokens[1],
        case when v_surname is null then 2 else 4 end, p_keys, p_limit - coalesce(v_count, 0));
end $$;

-- Accounts and persons of a question. With two numbers the first is the house and the second the flat: rows that fit so come first.
create function cards.search_people(
    p_question text, p_numbers text[], p_surname text, p_first text, p_rank int, p_keys int[], p_limit int
)
returns table (kind text, id bigint, title text, subtitle text, rank int)
language plpgsql stable
set search_path = public, pg_catalog, pg_temp
set enable_seqscan = off
as $$
begin
    if p_limit <= 0 then
        return;
    end if;
    return query execute
        'select kind, object_id, title, subtitle, case when title like $4 then 0 when kind = ''account'' then $8 else $8 + 1 end as rank
         from (select * from cards_data.search_entry where words @@ $1::tsquery and scope = any ($2) limit 1000) hit
         order by rank, (not words @@ $7::tsquery)::int, (house is distinct from $5)::int, (not words @@ $6::tsquery)::int,
             length(house), house, subtitle, title, id limit $3'
        using p_question, p_keys, p_limit, case when p_first ~ '^[0-9]{5,}$' then p_first || ' %' else '' end, p_numbers[1],
            format('''№%s''', coalesce(p_numbers[2], '-')), coalesce(p_surname, '''-'''), p_rank;
end $$;

create function cards.search_phones(p_digits text, p_keys int[], p_limit int)
returns table (kind text, id bigint, title text, subtitle text, rank int)
language plpgsql stable
set search_path = public, pg_catalog, pg_temp
set enable_seqscan = off
as $$
begin
    -- 8 and +7 say the same: the last ten digits are compared, from the end.
    return query execute
        'select e.kind, e.object_id, e.title, e.subtitle, 0
         from passport_data.phone f
         join cards_data.search_entry e on e.object_id = f.person_id and e.kind = ''person''
         where reverse(f.number) like $1 and f.retracted is null and not f.void and f.valid_from <= current_date and f.valid_to > current_date
             and e.scope = any ($2)
         order by e.title, e.id limit $3'
        using reverse(right(p_digits, 10)) || '%', p_keys, p_limit;
end $$;

-- Meters by the beginning of a serial number, as one word of the line or as the whole of it.
create function cards.search_meters(p_line text, p_keys int[], p_limit int)
returns table (kind text, id bigint, title text, subtitle text, rank int)
language plpgsql stable
set search_path = public, pg_catalog, pg_temp
set enable_seqscan = off
as $$
declare
    v_serial text;
begin
    select s into v_serial
    from (
        select regexp_replace(upper(w), '[^[:alnum:]]', '', 'g') as s from unnest(regexp_split_to_array(btrim(p_line), '\s+')) w
    ) words
    where s ~ '[0-9]' and length(s) >= case when p_line ~ '\s' then 5 else 3 end order by length(s) desc limit 1;
    if v_serial is null then
        return;
    end if;
    return query execute
        'select ''meter'', m.id, m.serial, v.name || '': '' || cards.address_told(s.settlement, s.kind, s.name, h.number, p.kind, p.number, f.kind, f.number), 6
         from (
             select * from meters_data.meter
             where upper(regexp_replace(serial, ''[^[:alnum:]]'', '''', ''g'')) like $1 and scope = any ($2) limit $3
         ) m
         join cards_data.service v on v.id = m.service_id
         join cards_data.house h on h.id = m.house_id
         join cards_data.street s on s.id = h.street_id
         left join cards_data.premises p on p.id = m.premises_id
         left join cards_data.premises f on f.id = p.parent_id
         order by m.serial, m.id'
        using v_serial || '%', p_keys, least(p_limit, 10);
end $$;
