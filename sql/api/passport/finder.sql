-- What of a person in houses of other districts a clerk must be told of, without being shown it.

-- Whether somebody is registered for good, on a day or later, in a house the operator does not see.
create function passport.registered_unseen(p_person bigint, p_day date) returns boolean language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from passport_data.residence r
        where r.person_id = p_person and r.retracted is null and not r.void and not r.is_temporary and r.valid_to > p_day
            and r.scope <> all (admin.my_keys())
    )
$$;
