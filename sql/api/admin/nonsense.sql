-- What the server says about nonsense in arguments, turned into a sentence: one mechanism for all handlers, so that none has to
-- foresee every cast, reference and constraint.

-- What the server told of an error.
create type admin.told as (
    state text, message text, of_schema text, of_table text, of_column text, of_constraint text
);

create function admin.refuse_nonsense(p_kind text, p_told admin.told) returns void language plpgsql
as $$
declare
    v_title text := (select title from admin_data.operation_kind where name = p_kind);
begin
    perform admin.refuse('KV004', format('%s: %s', coalesce(v_title, p_kind), admin.told_of(p_told)), null, admin.remedy_of(p_told));
end $$;

create function admin.told_of(p_told admin.told) returns text language sql stable
as $$
    select case
        when p_told.state = '23502' then format('не указано «%s»', p_told.of_column)
        when p_told.state = '23503' then 'нет такого: ' || admin.referred(p_told)
        when p_told.state like '23%' then admin.meaning(p_told)
        when p_told.state = '22P02' then format('«%s» — не %s', admin.quoted(p_told), admin.wanted(p_told))
        when p_told.state in ('22007', '22008') then format('«%s» — не дата', coalesce(admin.quoted(p_told), ''))
        when p_told.state = '22003' then 'число слишком велико'
        when p_told.state in ('22P05', '22021') then 'в тексте недопустимый знак'
        else 'сведения записаны не в том виде'
    end
$$;

create function admin.remedy_of(p_told admin.told) returns text language sql stable
as $$
    select case
        when p_told.state = '23503' then 'Проверьте номер'
        when p_told.state in ('22007', '22008') then 'Дата пишется так: 2026-09-30'
        when p_told.state like '23%' or p_told.state in ('22P02', '22003', '22P05', '22021') then 'Исправьте и повторите'
        else 'Набор пишется в фигурных скобках, список — в квадратных'
    end
$$;

-- The value the server quotes at the end of its message.
create function admin.quoted(p_told admin.told) returns text language sql immutable
as $$ select substring(p_told.message from ': "(.*)"$') $$;

-- What the server wanted instead of it.
create function admin.wanted(p_told admin.told) returns text language sql immutable
as $$
    select case substring(p_told.message from 'type (\w+)')
        when 'numeric' then 'число'
        when 'boolean' then 'true и не false'
        when 'uuid' then 'номер операции'
        else 'целое число'
    end
$$;

-- The thing a broken reference was to name, with the argument that named it.
create function admin.referred(p_told admin.told) returns text language sql stable
as $$
    select format('%s («%s»)', coalesce(obj_description(c.confrelid, 'pg_class'), c.confrelid::regclass::text), a.attname)
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.conrelid = admin.told_table(p_told) and c.conname = p_told.of_constraint
$$;

-- What a constraint stands for: the comment on it (migrations keep them), or at least the arguments it is about.
create function admin.meaning(p_told admin.told) returns text language sql stable
as $$
    select coalesce(
        (select obj_description(c.oid, 'pg_constraint') from pg_constraint c
         where c.conrelid = admin.told_table(p_told) and c.conname = p_told.of_constraint),
        (select obj_description(i.indexrelid, 'pg_class') from pg_index i join pg_class c on c.oid = i.indexrelid
         where i.indrelid = admin.told_table(p_told) and c.relname = p_told.of_constraint),
        format('сведения не годятся (%s)', p_told.of_constraint)
    )
$$;

create function admin.told_table(p_told admin.told) returns regclass language sql stable
as $$ select to_regclass(format('%I.%I', p_told.of_schema, p_told.of_table)) $$;
