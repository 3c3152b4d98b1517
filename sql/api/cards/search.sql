-- The rows the one-line search looks in: kept up by premises, because who is found there changes together.

-- A new payer changes what the search finds; a new name of one does too (passport.after_person_name).
create function cards.after_account_holder(p_key jsonb) returns void language sql
as $$ select cards.search_rebuild(array(select premises_id from cards_data.account where id = (p_key->>'account_id')::bigint)) $$;

-- Letters as the search compares them: upper case, Ё as Е.
create function cards.folded(p_text text) returns text language sql immutable parallel safe
as $$ select replace(upper(coalesce(p_text, '')), 'Ё', 'Е') $$;

-- The words of a text, folded.
create function cards.words_of(p_text text) returns text[] language sql immutable parallel safe
as $$ select array_remove(regexp_split_to_array(replace(upper(coalesce(p_text, '')), 'Ё', 'Е'), '[^[:alnum:]/]+'), '') $$;

-- Rebuilds the search rows of some premises (null: of all, and of houses) from the facts. «All or these» stands in one text, and a
-- plan made for either would read the whole town to move one person: each call is planned for what it was asked.
create function cards.search_rebuild(p_premises bigint[] default null) returns void language plpgsql
set plan_cache_mode = force_custom_plan
as $$
begin
    if p_premises is null then
        delete from cards_data.search_entry;
    else
        delete from cards_data.search_entry where premises_id = any (p_premises);
    end if;
    perform cards.search_houses(p_premises);
    perform cards.search_accounts(p_premises);
    perform cards.search_persons(p_premises);
    insert into cards_data.search_word (word)
    select distinct w.lexeme
    from cards_data.search_entry e cross join lateral unnest(e.words) w
    where (p_premises is null or e.premises_id = any (p_premises)) and w.lexeme ~ '^[[:alpha:]]{2,}'
    on conflict do nothing;
end $$;

-- Houses that have no row yet: a house never changes its address.
create function cards.search_houses(p_premises bigint[]) returns void language plpgsql
as $$
begin
    insert into cards_data.search_entry (kind, object_id, scope, house, title, subtitle, words)
    select 'house', h.id, h.scope, upper(h.number), concat_ws(' ', s.kind, s.name) || ', д. ' || h.number, s.settlement,
        array_to_tsvector(array(select '@' || w from unnest(cards.words_of(s.name)) w) || ('#' || cards.folded(h.number)))
    from cards_data.house h join cards_data.street s on s.id = h.street_id
    where (p_premises is null or h.id in (select house_id from cards_data.premises where id = any (p_premises)))
        and not exists (select from cards_data.search_entry e where e.object_id = h.id and e.kind = 'house');
end $$;

create function cards.search_accounts(p_premises bigint[]) returns void language plpgsql
as $$
begin
    insert into cards_data.search_entry (kind, object_id, premises_id, scope, house, title, subtitle, words)
    select 'account', a.id, a.premises_id, a.scope, upper(h.number), concat_ws(' ', a.number, v.name), cards.address_told(s.settlement, s.kind, s.name, h.number, p.kind, p.number, f.kind, f.number),
        array_to_tsvector(cards.place_words(s.name, h.number, p.number, f.number) || cards.name_words(v.name) || a.number)
    from cards_data.account a
    join cards_data.premises p on p.id = a.premises_id
    left join cards_data.premises f on f.id = p.parent_id
    join cards_data.house h on h.id = p.house_id
    join cards_data.street s on s.id = h.street_id
    left join cards_data.account_holder c on c.account_id = a.id and c.retracted is null and not c.void
        and c.valid_from <= current_date and c.valid_to > current_date
    left join passport_data.person_name n on n.person_id = c.person_id and n.retracted is null and not n.void
        and n.valid_from <= current_date and n.valid_to > current_date
    left join cards_data.organisation o on o.id = c.organisation_id
    cross join lateral (select coalesce(nullif(concat_ws(' ', n.last_name, n.first_name, n.middle_name), ''), o.name) as name) v
    where p_premises is null or a.premises_id = any (p_premises);
end $$;

-- Persons at premises: who lives there now or will, and who pays for them.
create function cards.search_persons(p_premises bigint[]) returns void language plpgsql
as $$
begin
    insert into cards_data.search_entry (kind, object_id, premises_id, scope, house, title, subtitle, words)
    select 'person', n.person_id, p.id, p.scope, upper(h.number), concat_ws(' ', n.last_name, n.first_name, n.middle_name), cards.address_told(s.settlement, s.kind, s.name, h.number, p.kind, p.number, f.kind, f.number),
        array_to_tsvector(cards.place_words(s.name, h.number, p.number, f.number)
            || cards.name_words(concat_ws(' ', n.last_name, n.first_name, n.middle_name)))
    from (
        select premises_id, person_id from passport_data.residence
        where retracted is null and not void and valid_to > current_date and (p_premises is null or premises_id = any (p_premises))
        union
        select a.premises_id, c.person_id
        from cards_data.account_holder c join cards_data.account a on a.id = c.account_id
        where c.retracted is null and not c.void and c.valid_to > current_date and c.person_id is not null
            and (p_premises is null or a.premises_id = any (p_premises))
    ) here
    join passport_data.person_name n on n.person_id = here.person_id and n.retracted is null and not n.void
        and n.valid_from <= current_date and n.valid_to > current_date
    join cards_data.premises p on p.id = here.premises_id
    left join cards_data.premises f on f.id = p.parent_id
    join cards_data.house h on h.id = p.house_id
    join cards_data.street s on s.id = h.street_id;
end $$;

-- `#12` the house, `№45` the premises; a room is found by its flat, and by both.
create function cards.place_words(p_street text, p_house text, p_premises text, p_flat text) returns text[] language sql immutable
as $$
    select cards.words_of(p_street) || ('#' || cards.folded(p_house)) || ('№' || cards.folded(coalesce(p_flat, p_premises)))
        || case when p_flat is null then '{}' else array['№' || cards.folded(p_flat || '/' || p_premises)] end
$$;

-- The words of a name, their first letters for initials, and the surname once more as `=ИВАНОВ`: it comes first in answers.
create function cards.name_words(p_name text) returns text[] language sql immutable
as $$ select w || array(select distinct '~' || left(x, 1) from unnest(w) x) || case when cardinality(w) > 0 then array['=' || w[1]] else '{}' end from cards.words_of(p_name) w $$;
