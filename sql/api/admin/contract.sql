-- What a screen may rely on of the operations: for the check of screen files. Nothing here is anybody's data.

-- keys: parts of a fact that must be given; required: those needed unless nothing is true on these days (void); parts: all others.
create function admin.operation_parts()
returns table (name text, title text, ground text, keys text[], required text[], parts text[], roles text[])
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select k.name, k.title, k.ground,
        case when f.name is null then '{}'
            else array(select c::text from unnest(f.key_columns) c where not admin.default_keys(f) ? c::text) || case when f.is_point then 'day' else 'from' end
        end,
        coalesce(f.required_columns::text[], '{}'),
        case when f.name is null then '{}'
            else array(select c::text from unnest(f.key_columns) c where admin.default_keys(f) ? c::text)
                || f.value_columns::text[] || case when f.is_point then '{void}'::text[] else '{to,void}' end
        end,
        array(select g.role::text from admin_data.operation_grant g where g.kind = k.name order by 1)
    from admin_data.operation_kind k
    left join admin_data.fact_kind f on f.name = k.fact
    order by k.name
$$;
