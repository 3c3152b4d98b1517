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
        when p_told.state = '23502' then format('не указано «%s»', admin.column_told(admin.told_table(p_told), p_told.of_column))
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

-- The thing a broken reference was to name.
create function admin.referred(p_told admin.told) returns text language sql stable
as $$
    select coalesce(obj_description(c.confrelid, 'pg_class'), c.confrelid::regclass::text)
    from pg_constraint c
    where c.conrelid = admin.told_table(p_told) and c.conname = p_told.of_constraint
$$;

-- What a column is called: its comment, or at least its name.
create function admin.column_told(p_table regclass, p_column text) returns text language sql stable
as $$
    select coalesce((
        select col_description(a.attrelid, a.attnum) from pg_attribute a where a.attrelid = p_table and a.attname = p_column
    ), p_column)
$$;

-- A sentence with the columns of a constraint by what they are called.
create function admin.columns_told(p_sentence text, p_constraint pg_constraint) returns text language plpgsql stable
as $$
declare
    v_column name;
begin
    for v_column in
        select a.attname from pg_attribute a
        where a.attrelid = p_constraint.conrelid and a.attnum = any (p_constraint.conkey) order by length(a.attname) desc
    loop
        p_sentence := regexp_replace(p_sentence, '\m' || v_column || '\M', admin.column_told(p_constraint.conrelid, v_column), 'g');
    end loop;
    return p_sentence;
end $$;

-- What a constraint stands for: the comment on it (migrations keep them), or at least the arguments it is about.
create function admin.meaning(p_told admin.told) returns text language sql stable
as $$
    select coalesce(
        (select admin.columns_told(obj_description(c.oid, 'pg_constraint'), c) from pg_constraint c
         where c.conrelid = admin.told_table(p_told) and c.conname = p_told.of_constraint),
        (select obj_description(i.indexrelid, 'pg_class') from pg_index i join pg_class c on c.oid = i.indexrelid
         where i.indrelid = admin.told_table(p_told) and c.relname = p_told.of_constraint),
        format('сведения не годятся (%s)', p_told.of_constraint)
    )
$$;

create function admin.told_table(p_told admin.told) returns regclass language sql stable
as $$ select to_regclass(format('%I.%I', p_told.of_schema, p_told.of_table)) $$;
