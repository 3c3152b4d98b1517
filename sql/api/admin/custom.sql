-- A customer's own templates and screens. What is wrong with a file only the program can say; it is looked through before it is put here,
-- and by every migration.

-- Handler: {"path", "text"}; without a text the file of the program counts again.
create function admin.custom_put(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_path text := admin.need_text(p_args, 'path', p_kind.title);
    v_text text := p_args->>'text';
begin
    perform admin.need_only(p_args, '{path,text}', p_kind.title);
    if v_path !~ '^(reports/[a-z_]+/[a-z_0-9]+\.(md|toml)|screens/[a-z_]+/[a-z_0-9]+(\.en)?\.toml)$' then
        perform admin.refuse('KV004', format('Своего файла «%s» не бывает', v_path), null, 'Заменяют reports/модуль/имя.md и screens/модуль/имя.toml');
    elsif length(v_text) > 1000000 then
        perform admin.refuse('KV004', format('Файл «%s» длиннее миллиона знаков', v_path), null, 'Шаблон или экран занимает десятки тысяч');
    end if;
    insert into admin_data.custom_file (path, bytes, digest, operation, operator)
    values (v_path, v_text, sha256(convert_to(v_text, 'UTF8')), v_operation.id, v_operation.operator);
    return jsonb_build_object('path', v_path);
end $$;
