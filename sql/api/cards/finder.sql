-- The one-line search. Row-level security would keep LIKE and similarity away from every index, so a role that sees all rows
-- searches and filters by the operator's keys itself; plpgsql with EXECUTE, because the plan must know the words.

-- Finds accounts by number, surname and address in any order: «ленина 12 45 иванова», «4100123». Selective words first.
create function cards.search(p_line text, p_limit int default 20)
returns table (account_id bigint, number text, holder text, street text, house text, premises text)
language plpgsql stable security definer
set search_path = public, pg_catalog, pg_temp
set enable_seqscan = off -- its indexes answer everything it asks; the planner holds similarity for cheaper than it is
as $$
declare
    v_keys int[] := admin.my_keys();
    v_words text[] := regexp_split_to_array(btrim(regexp_replace(replace(upper(coalesce(p_line, '')), 'Ё', 'Е'), '[^[:alnum:]/]+', ' ', 'g')), ' ');
    v_word text;
    v_texts text[] := '{}';
    v_numbers text[] := '{}';
    v_where text[] := '{}'; -- numbers and letters that must be right
    v_begin text[] := '{}'; -- words that should begin so
begin
    foreach v_word in array v_words loop
        if v_word ~ '^[0-9]{5,}$' then
            v_where := v_where || format('number like %L', v_word || '%');
        elsif v_word ~ '^[0-9]' then
            v_numbers := v_numbers || v_word;
        elsif v_word not in ('', 'УЛ', 'УЛИЦА', 'ПР', 'ПРОСПЕКТ', 'ПЕР', 'ПЕРЕУЛОК', 'Д', 'ДОМ', 'КВ', 'КВАРТИРА', 'БУЛЬВАР', 'ПРОЕЗД') then
            v_texts := v_texts || v_word;
        end if;
    end loop;
    foreach v_word in array v_texts loop
        v_begin := v_begin || format('(surname like %1$L or street like %1$L)', v_word || '%');
    end loop;
    if cardinality(v_numbers) >= 1 then
        v_where := v_where || format('(house = %1$L or premises = %1$L)', v_numbers[1]);
    end if;
    if cardinality(v_numbers) >= 2 then
        v_where := v_where || format('house = %L and premises = %L', v_numbers[1], v_numbers[2]);
    end if;
    if cardinality(v_where || v_begin) = 0 or (cardinality(v_texts) = 0 and not exists (select from unnest(v_words) w where w ~ '^[0-9]{5,}$')) then
        return;
    end if;
    return query execute format(
        'select e.account_id, e.number, e.holder, e.street, e.house, e.premises from cards_data.search_entry e
         where %s and scope = any ($1) order by e.street, e.house, e.premises, e.number limit $2',
        array_to_string(v_begin || v_where, ' and ')
    ) using v_keys, greatest(p_limit, 0);
    if not found and cardinality(v_texts) > 0 then
        -- Nothing begins so: typos are forgiven, by similarity of the longest word.
        select w into v_word from unnest(v_texts) w order by length(w) desc limit 1;
        return query execute format(
            'select e.account_id, e.number, e.holder, e.street, e.house, e.premises from cards_data.search_entry e
             where %s and scope = any ($1)
             order by greatest(similarity(surname, $3), similarity(street, $3)) desc, e.number limit $2',
            array_to_string(array['(surname % $3 or street % $3)'] || v_where, ' and ')
        ) using v_keys, greatest(p_limit, 0), v_word;
    end if;
end $$;
