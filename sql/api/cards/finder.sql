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
-- stands for those like it. p_mark is what the words of a kind of rows begin with: `@` those of houses, `=` surnames.
create function cards.search_question(p_tokens text[], p_typos boolean, p_mark text) returns text language plpgsql stable
set search_path = public, pg_catalog, pg_temp
as $$
declare
    v_word text;
    v_known boolean;
    v_like text;
    v_parts text[] := '{}';
    v_numbers text[] := '{}';
begin
    foreach v_word in array p_tokens loop
        if v_word ~ '^[0-9]{5,}$' then
            v_parts := v_parts || format('''%s%s'':*', p_mark, v_word);
        elsif v_word ~ '^[0-9]' then
            v_numbers := v_numbers || v_word;
        elsif length(v_word) = 1 then
            v_parts := v_parts || format('''%s~%s''', p_mark, v_word);
        elsif not p_typos then
            -- A plan made for any word would read all of them to learn that none begins so.
            execute 'select exists (select from cards_data.search_word where word like $1)' into v_known using v_word || '%';
            if not v_known then
                return null;
            end if;
            v_parts := v_parts || format('''%s%s'':*', p_mark, v_word);
        else
            select string_agg(format('''%s%s''', p_mark, w.word), ' | ') into v_like
            from (
                select word, similarity(word, v_word) as likeness, max(similarity(word, v_word)) over () as best
                from cards_data.search_word where word % v_word order by likeness desc, word limit 8
            ) w where w.likeness >= w.best - 0.1;
            if v_like is null then
                return null;
            end if;
            v_parts := v_parts || ('(' || v_like || ')');
        end if;
    end loop;
    return nullif(array_to_string(v_parts || cards.search_numbers(v_numbers, p_mark), ' & '), '');
end $$;

-- Numbers of a line: one is a house, premises, or the number in a street's name; of two the first is the house and the second the
-- premises, or the street's and one of the others; of three each has its place.
create function cards.search_numbers(p_numbers text[], p_mark text) returns text[] language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select case least(cardinality(p_numbers), 3)
        when 0 then '{}'
        when 1 then array[format('(''#%1$s'' | ''№%1$s'' | ''%2$s%1$s''%3$s)', p_numbers[1], p_mark, case when p_numbers[1] ~ '^[0-9]{4}$' then ':*' end)]
        when 2 then array[format('((''#%1$s'' & ''№%2$s'') | (''%3$s%1$s'' & (''#%2$s'' | ''№%2$s'')))', p_numbers[1], p_numbers[2], p_mark)]
        else array[format('(''%4$s%1$s'' & ''#%2$s'' & ''№%3$s'')', p_numbers[1], p_numbers[2], p_numbers[3], p_mark)]
    end
$$;

-- Accounts, houses, persons and meters by surname, name, address, account number, serial number or phone, in any order: «ленина 12 45
-- иванова», «4100123», «+7 921 123-45-67». p_folded is the same line as the other keyboard layout would have typed it. A word typed
-- wrong is forgiven when nothing is found as typed. Best first: rank 0 a number or phone hit exactly, 1 houses, 2 and 3 accounts and
-- persons of the surname, 4 and 5 others, 6 meters.
create function cards.search(p_line text, p_folded text default null, p_limit int default 20)
returns table (kind text, id bigint, title text, subtitle text, rank int)
language plpgsql stable security definer
set search_path = public, pg_catalog, pg_temp
set enable_seqscan = off -- its indexes answer everything it asks; the planner holds similarity for cheaper than it is
as $$
declare
    v_keys int[] := admin.my_keys();
    v_limit int := least(greatest(p_limit, 0), 200);
    v_digits text := regexp_replace(p_line, '[^0-9]', '', 'g');
    v_found boolean := false;
    v_try record;
begin
    if p_line ~ '^[-+() 0-9]+$' and length(v_digits) >= 6 then
        return query select * from cards.search_phones(v_digits, v_keys, v_limit);
        v_found := found;
    end if;
    for v_try in
        select cards.search_tokens(line) as tokens, typos
        from (values (1, p_line, false), (2, p_folded, false), (3, p_line, true), (4, p_folded, true)) t (place, line, typos) order by place
    loop
        exit when v_found;
        return query select * from cards.search_rows(v_try.tokens, v_try.typos, v_keys, v_limit);
        v_found := found;
    end loop;
    if v_digits <> '' then
        return query select * from cards.search_meters(p_line, v_keys, v_limit);
    end if;
end $$;

-- Houses, then accounts and persons, of the words of a line. One letter or one small number alone would find half the town: nothing.
create function cards.search_rows(p_tokens text[], p_typos boolean, p_keys int[], p_limit int)
returns table (kind text, id bigint, title text, subtitle text, rank int)
language plpgsql stable
set search_path = public, pg_catalog, pg_temp
set enable_seqscan = off
as $$
declare
    v_question text;
    v_count int := 0;
begin
    if not exists (select from unnest(p_tokens) t where t ~ '[[:alpha:]]{2}' or t ~ '^[0-9]{4,}$') then
        return;
    end if;
    v_question := cards.search_question(p_tokens, p_typos, '');
    if v_question is null then
        return;
    end if;
    return query execute
        'select kind, object_id, title, subtitle, 1 from cards_data.search_entry
         where words @@ $1::tsquery and scope = any ($2) order by length(house), house, subtitle, title, id limit $3'
        using cards.search_question(p_tokens, p_typos, '@'), p_keys, least(p_limit, 5);
    -- A surname alone: whoever bears it, before patronymics and streets that begin so.
    if cardinality(p_tokens) = 1 and p_tokens[1] !~ '[0-9]' then
        return query select * from cards.search_people(cards.search_question(p_tokens, p_typos, '='), p_tokens, null, 2, p_keys, p_limit);
        get diagnostics v_count = row_count;
    end if;
    return query select * from cards.search_people(
        v_question, p_tokens, case when v_count > 0 then cards.search_question(p_tokens, p_typos, '=') end, 4, p_keys, p_limit - v_count);
end $$;

-- Accounts and persons of a question, but for those of another (null: none). Order: a whole number of an account, a whole surname, a
-- beginning of one; of two numbers the first is the house and the second the flat. Flat 2 stands before flat 10.
create function cards.search_people(p_question text, p_tokens text[], p_but text, p_rank int, p_keys int[], p_limit int)
returns table (kind text, id bigint, title text, subtitle text, rank int)
language plpgsql stable
set search_path = public, pg_catalog, pg_temp
set enable_seqscan = off
as $$
declare
    v_numbers text[] := array(select t from unnest(p_tokens) with ordinality n (t, place) where t ~ '^[0-9]' order by place);
    v_surname text := coalesce((select string_agg(format('''=%s''', t), ' | ') from unnest(p_tokens) t where t ~ '^[[:alpha:]]{2,}$'), '''-''');
begin
    if p_limit <= 0 then
        return;
    end if;
    return query execute
        'select kind, object_id, title, subtitle, case when title like $4 then 0 when kind = ''account'' then $8 else $8 + 1 end as rank
         from (
             select * from cards_data.search_entry
             where words @@ $1::tsquery and scope = any ($2) and kind <> ''house'' and not words @@ $10::tsquery limit 1000
         ) hit
         order by rank, (not words @@ $7::tsquery)::int, (not words @@ $9::tsquery)::int, (house is distinct from $5)::int,
             (not words @@ $6::tsquery)::int, length(house), house,
             rtrim(subtitle, ''0123456789''), length(subtitle), subtitle, title, id limit $3'
        using p_question, p_keys, p_limit, case when p_tokens[1] ~ '^[0-9]{5,}$' then p_tokens[1] || ' %' else '' end, v_numbers[1],
            format('''№%s''', coalesce(v_numbers[2], '-')), v_surname, p_rank, replace(v_surname, ''' |', ''':* |') || ':*', coalesce(p_but, '''-''');
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

-- The number after the greatest account of digits only, of the whole town: a number is taken once whoever sees it.
create function cards.account_number_next() returns text language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select lpad((number::numeric + 1)::text, length(number), '0') from cards_data.account
    where number ~ '^[0-9]{1,20}$' order by length(number) desc, number desc limit 1
$$;

-- How many houses and accounts a service is planned for, those the operator does not see among them: it is not taken back under any of them.
create function cards.service_plans(p_service bigint, out houses bigint, out accounts bigint) language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        (select count(distinct house_id) from cards_data.house_plan where service_id = p_service and retracted is null and not void),
        (select count(distinct account_id) from cards_data.account_plan where service_id = p_service and retracted is null and not void)
$$;

-- Where an organisation is needed, in words, what the operator does not see among it; null where nowhere: it is not taken back under any.
create function cards.organisation_uses(p_id bigint) returns text language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select string_agg(u.told || ': ' || u.n, ', ' order by u.sort)
    from (
        select 1, 'домов', (select count(*) from cards_data.house where company_id = p_id)
        union all
        select 2, 'получатель по договорам', (select count(*) from cards_data.contract_payee where payee_id = p_id and retracted is null and not void)
        union all
        select 3, 'порядок начисления домов', (
            select count(distinct f.house_id) from cards_data.house_plan f join cards_data.contract c on c.id = f.contract_id
            where c.provider_id = p_id and f.retracted is null and not f.void)
        union all
        select 4, 'порядок начисления счетов', (
            select count(distinct f.account_id) from cards_data.account_plan f join cards_data.contract c on c.id = f.contract_id
            where c.provider_id = p_id and f.retracted is null and not f.void)
        union all
        select 5, 'собственник помещений', (select count(*) from passport_data.ownership where organisation_id = p_id and retracted is null and not void)
        union all
        select 6, 'плательщик счетов', (select count(*) from cards_data.account_holder where organisation_id = p_id and retracted is null and not void)
    ) u (sort, told, n)
    where u.n > 0
$$;
