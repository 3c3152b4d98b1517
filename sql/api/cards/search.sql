-- The rows the one-line search looks in.

-- A new payer changes what the search finds; a new name of one does too (passport.after_person_name).
create function cards.after_account_holder(p_key jsonb) returns void language sql
as $$ select cards.search_rebuild(array[(p_key->>'account_id')::bigint]) $$;

-- Rebuilds the search rows of some accounts (null: of all) from the facts.
create function cards.search_rebuild(p_accounts bigint[] default null) returns void language plpgsql
as $$
begin
    delete from cards_data.search_entry where p_accounts is null or account_id = any (p_accounts);
    insert into cards_data.search_entry
    select a.id, a.scope, a.number,
        replace(upper(coalesce(n.last_name, o.name, '')), 'Ё', 'Е'),
        coalesce(concat_ws(' ', n.last_name, n.first_name, n.middle_name), o.name, ''),
        replace(upper(s.name), 'Ё', 'Е'), upper(h.number),
        upper(case when f.id is null then p.number else f.number || '/' || p.number end)
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
    where p_accounts is null or a.id = any (p_accounts);
end $$;
