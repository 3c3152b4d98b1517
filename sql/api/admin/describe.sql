-- Every column of a view says in Russian what it is: the help of a field is asked of the catalogue.

-- Puts the comments on a view and its columns. Columns of one meaning everywhere need not be told again; a column nobody told of
-- stops the migration.
create procedure admin.describe(p_view regclass, p_comment text, p_columns jsonb default '{}') language plpgsql
as $$
declare
    v_column record;
begin
    execute format('comment on view %s is %L', p_view, p_comment);
    for v_column in
        select a.attname as name, coalesce(p_columns->>a.attname, admin.column_titles()->>a.attname) as title
        from pg_attribute a where a.attrelid = p_view and a.attnum > 0 and not a.attisdropped
    loop
        if v_column.title is null then
            raise exception 'view % tells nothing of its column %', p_view, v_column.name;
        end if;
        execute format('comment on column %s.%I is %L', p_view, v_column.name, v_column.title);
    end loop;
end $$;

-- What columns of these names mean in every view.
create function admin.column_titles() returns jsonb language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', 'Номер строки в базе', 'account_id', 'Номер лицевого счёта в базе', 'premises_id', 'Номер помещения в базе',
        'house_id', 'Номер дома в базе', 'street_id', 'Номер улицы в базе', 'district_id', 'Номер участка в базе', 'company_id', 'Номер управляющей организации в базе',
        'person_id', 'Номер человека в базе', 'organisation_id', 'Номер организации в базе', 'service_id', 'Номер услуги в базе',
        'contract_id', 'Номер договора в базе', 'tariff_id', 'Номер тарифа в базе', 'norm_id', 'Номер норматива в базе',
        'meter_id', 'Номер прибора в базе', 'route_id', 'Номер обхода в базе', 'parameter_id', 'Номер параметра в базе', 'payment_id', 'Номер платежа в базе',
        'unit_id', 'Расчётная единица: дом или дома на общем приборе', 'owner_no', 'Который по счёту собственник', 'part', 'Часть тарифа или норматива',
        'register', 'Регистр прибора: зона суток', 'rooms', 'Комнат', 'persons', 'Человек'
    ) || jsonb_build_object(
        'valid_from', 'С какого дня действует', 'valid_to', 'С какого дня уже не действует', 'through', 'По какой день действует; пусто — бессрочно',
        'asserted', 'Отметка операции, которой записано', 'origin', 'Операция, которая дала значение', 'operation', 'Операция',
        'known', 'Отметка операции: порядок, в котором стало известно', 'at', 'Когда записано', 'operator', 'Вход оператора', 'full_name', 'Фамилия, имя, отчество',
        'kind', 'Вид', 'title', 'Название', 'code', 'Код', 'state', 'Состояние', 'month', 'Месяц', 'source_month', 'Месяц, к которому относится',
        'service', 'Услуга', 'service_name', 'Услуга', 'unit', 'Единица измерения', 'sort', 'Порядок в списках', 'scale', 'Знаков после запятой',
        'provider', 'Поставщик', 'contract', 'Договор', 'method', 'Способ начисления', 'tariff', 'Тариф', 'norm', 'Норматив',
        'rate', 'Цена за единицу, ₽', 'volume', 'Объём', 'amount', 'Сумма, ₽', 'basis', 'Откуда взят объём', 'component', 'Часть услуги', 'cause', 'Отметка операции-причины',
        'number', 'Номер', 'address', 'Адрес', 'street', 'Улица', 'house', 'Дом', 'premises', 'Помещение', 'entrance', 'Подъезд', 'floor', 'Этаж',
        'serial', 'Заводской номер', 'digits', 'Цифр до запятой', 'registers', 'Регистров', 'day', 'День', 'value', 'Значение', 'source', 'Откуда',
        'rolled_over', 'Переход через ноль', 'ground', 'Основание', 'citation', 'Основание', 'undo', 'Как отменяется', 'note', 'Примечание'
    )
$$;
