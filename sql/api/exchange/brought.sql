-- Files of operators: read by the program, held here, judged row by row, accepted by an operation.

-- Of a list of digests, those that stand in the book: an import that was undone is as good as none.
create function exchange.files_known(p_digests jsonb) returns jsonb language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'digest', f.digest, 'on', to_char(f.at, 'DD.MM.YYYY'),
        'told', format('%s, %s; строк %s, отказано %s', to_char(f.at, 'DD.MM.YYYY HH24:MI'), coalesce(p.full_name, o.operator), coalesce(f.taken, f.rows - f.bad_rows), f.bad_rows)
    )), '[]')
    from exchange_data.import_file f
    join admin_data.operation o on o.id = f.operation
    left join admin_data.operator p on p.login = o.operator
    where f.digest in (select jsonb_array_elements_text(p_digests)) and not exchange.is_undone(o.known)
$$;

create function exchange.is_undone(p_known bigint) returns boolean language sql stable
as $$ select exists (select from admin_data.operation_subject s where s.kind = 'operation' and s.object_id = p_known) $$;

-- Holds a file that was read; answers with its kind and number. What its operator brought more than a week ago is forgotten.
create function exchange.file_put(p_file jsonb) returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_kind text := p_file->>'kind';
    v_id bigint;
begin
    perform admin.need_right(case v_kind when 'payments' then 'exchange.payments' else 'exchange.readings' end);
    delete from exchange_data.brought_file
    where login = admin.operator() and (digest = p_file->>'digest' or at < clock_timestamp() - interval '7 days');
    insert into exchange_data.brought_file (login, digest, name, kind, encoding)
    values (admin.operator(), p_file->>'digest', p_file->>'name', v_kind, p_file->>'encoding')
    returning id into v_id;
    insert into exchange_data.brought_row (file_id, line, account, serial, register, day, value, problem)
    select v_id, r.line, r.account, r.serial, r.register, r.day, r.value, r.problem
    from jsonb_to_recordset(p_file->'rows') as r(line int, account text, serial text, register smallint, day date, value numeric, problem text);
    return jsonb_build_object('kind', v_kind, 'key', v_id);
end $$;

create function exchange.need_file(p_id bigint) returns exchange_data.brought_file language plpgsql stable
as $$
declare
    v_file exchange_data.brought_file;
begin
    select * into v_file from exchange_data.brought_file where id = p_id and login = admin.operator();
    if not found then
        perform admin.refuse('KV003', 'Прочитанного файла больше нет', 'Прочитанное хранится неделю, и только у того, кто его читал', 'Откройте файл снова: экран 960');
    end if;
    return v_file;
end $$;

-- What would become of each row: take, doubt (only when the operator says so), have (it is in the book already) or refuse.
create function exchange.judged(p_id bigint)
returns table (line int, account text, serial text, day date, value numeric, verdict text, reason text, meter_id bigint, register int)
language plpgsql stable
as $$
declare
    v_file exchange_data.brought_file := exchange.need_file(p_id);
begin
    if v_file.kind = 'payments' then
        return query
            select j.line, j.account, null::text, j.day, j.value, case when j.told is null then 'take' when j.is_doubt then 'doubt' else 'refuse' end, j.told, null::bigint, null::int
            from exchange.payments_judged(p_id) j;
    else
        return query
            select j.line, j.account, j.serial, j.day, j.value,
                case when j.told is null then 'take' else j.sort end, j.told, j.meter_id, j.register
            from exchange.readings_judged(p_id) j;
    end if;
end $$;

-- What the accounts are believed to pay that a file brings much for: of the others nobody asks.
create function exchange.payment_limits(p_id bigint) returns table (account_id bigint, ahead int, most numeric) language sql stable
as $$
    select l.account_id, l.ahead, l.most
    from finance.payment_limits(array(
        select distinct a.id from exchange_data.brought_row b join cards_data.account a on a.number = b.account
        where b.file_id = p_id and b.value > cards.parameter_on('payment_doubt_least', current_date)
    )) l
$$;

-- A payment is taken when its account is seen; one like it on the same day is doubted, for registers overlap, and one beyond belief.
create function exchange.payments_judged(p_id bigint)
returns table (line int, account text, day date, value numeric, told text, is_doubt boolean) language sql stable
as $$
    with r as (
        select b.*, row_number() over (partition by b.account, b.day, b.value order by b.line) as copy
        from exchange_data.brought_row b where b.file_id = p_id
    )
    select r.line, r.account, r.day, r.value, coalesce(refusal.told, doubt.told), refusal.told is null and doubt.told is not null
    from r
    left join cards_data.account a on a.number = r.account
    left join exchange.payment_limits(p_id) l on l.account_id = a.id
    left join lateral (
        select min(o.valid_from) as since from cards_data.account_open o where o.account_id = a.id and o.retracted is null and not o.void
    ) opened on true
    cross join lateral (select case
        when r.problem is not null then r.problem
        when a.id is null then format('счёт %s не найден или вам не виден', r.account)
        when r.value <= 0 then 'сумма не больше нуля'
        when r.day > current_date then 'день ещё не наступил'
        when r.day < opened.since then format('счёт открыт только с %s', to_char(opened.since, 'DD.MM.YYYY'))
    end) refusal (told)
    cross join lateral (select case
        when r.copy > 1 then 'такая строка в файле уже есть'
        when exists (
            select from finance_data.payment p
            where p.account_id = a.id and p.paid_on = r.day and p.amount = r.value and p.reverses is null
                and not exists (select from finance_data.payment u where u.reverses = p.id)
        ) then 'такой платёж этого дня уже принят'
        when r.value > l.most then format('больше долга и счетов за %s мес. вперёд: %s', l.ahead, admin.sum_told(l.most))
    end) doubt (told)
$$;

-- The meter of each row: by its number, by the account, by both; only meters in place on the day count. Each way is a condition of its own that
-- an index answers: one with "or" would walk through all meters for every row, and a join of lists would, right after a file was put, be planned
-- for the few rows the server still believes in.
create function exchange.readings_placed(p_id bigint)
returns table (line int, account text, serial text, day date, value numeric, meter_id bigint, register int, told text) language sql stable
as $$
    select b.line, b.account, b.serial, b.day, b.value, m.id, coalesce(b.register, 1), case
        when b.problem is not null then b.problem
        when b.account is not null and a.id is null then format('счёт %s не найден или вам не виден', b.account)
        when b.day > current_date then 'день ещё не наступил'
        when f.count = 0 and b.serial is not null then format('прибор %s на этот день не установлен или вам не виден', b.serial)
        when f.count = 0 then format('у счёта %s на этот день нет прибора', b.account)
        when f.count > 1 and b.serial is null then format('приборов у счёта %s — %s; укажите номер прибора', b.account, f.count)
        when f.count > 1 then format('приборов с номером %s — %s; укажите лицевой счёт', b.serial, f.count)
        when m.registers > 1 and b.register is null then format('у прибора %s регистров %s; укажите регистр', m.serial, m.registers)
        when b.register > m.registers then format('у прибора %s нет регистра %s', m.serial, b.register)
        when b.value >= power(10::numeric, m.digits) then format('больше, чем вмещает прибор %s (цифр %s)', m.serial, m.digits)
    end
    from exchange_data.brought_row b
    left join cards_data.account a on a.number = b.account
    left join cards_data.premises p on p.id = a.premises_id
    left join lateral (
        select count(*) as count, min(c.id) as id
        from (
            select x.id from meters_data.meter x
            where x.serial = b.serial and (b.account is null or x.premises_id in (p.id, p.parent_id))
            union all
            select x.id from meters_data.meter x where b.serial is null and x.premises_id = p.id
            union all
            select x.id from meters_data.meter x where b.serial is null and x.premises_id = p.parent_id
        ) c
        where exists (
            select from meters_data.meter_installed i
            where i.meter_id = c.id and i.retracted is null and not i.void and i.valid_from <= b.day and i.valid_to >= b.day
        )
    ) f on b.problem is null
    left join meters_data.meter m on m.id = f.id and f.count = 1
    where b.file_id = p_id
$$;

-- Each reading beside its neighbours in the book and in the file: what goes down is refused, what goes up beyond belief (as on the
-- sheet of a round) is doubted.
create function exchange.readings_judged(p_id bigint)
returns table (line int, account text, serial text, day date, value numeric, meter_id bigint, register int, told text, sort text)
language sql stable
as $$
    with placed as materialized (
        select * from exchange.readings_placed(p_id)
    ), good as (
        select r.*, row_number() over w as copy, first_value(r.line) over w as first_line,
            lag(r.value) over d as file_value, lag(r.day) over d as file_day, lag(r.line) over d as file_line
        from placed r where r.told is null
        window w as (partition by r.meter_id, r.register, r.day order by r.line), d as (partition by r.meter_id, r.register order by r.day, r.line)
    ), beside as (
        select g.*, s.value as same_value, n.value as next_value, n.valid_from as next_day,
            case when g.file_day >= l.valid_from or l.valid_from is null then g.file_value else l.value end as last_value,
            case when g.file_day >= l.valid_from or l.valid_from is null then g.file_day else l.valid_from end as last_day,
            l.value as book_value, l.valid_from as book_day
        from good g
        left join lateral (
            select o.value, o.valid_from from meters_data.meter_reading o
            where o.meter_id = g.meter_id and o.register = g.register and o.retracted is null and not o.void and o.valid_from < g.day
            order by o.valid_from desc limit 1
        ) l on true
        left join lateral (
            select o.value from meters_data.meter_reading o
            where o.meter_id = g.meter_id and o.register = g.register and o.retracted is null and not o.void and o.valid_from = g.day limit 1
        ) s on true
        left join lateral (
            select o.value, o.valid_from from meters_data.meter_reading o
            where o.meter_id = g.meter_id and o.register = g.register and o.retracted is null and not o.void and o.valid_from > g.day
            order by o.valid_from limit 1
        ) n on true
    )
    select p.line, p.account, p.serial, p.day, p.value, p.meter_id, p.register, p.told, 'refuse' from placed p where p.told is not null
    union all
    select b.line, b.account, b.serial, b.day, b.value, b.meter_id, b.register, t.told, t.sort
    from beside b
    join meters_data.meter m on m.id = b.meter_id
    cross join lateral meters.limits(m.service_id, b.day) f
    cross join lateral meters.average_use(b.meter_id, b.register, b.day) w (average)
    cross join lateral (
        select b.book_value + round(greatest(f.factor * w.average * greatest((b.day - b.book_day) / 30.4375, 1), f.floor), 3)
    ) u (upper)
    left join lateral (
        select v.* from (values
            (1, b.same_value = b.value, 'уже записано', 'have'),
            (2, b.same_value is not null, format('на этот день записано %s; исправляется вручную', admin.number_told(b.same_value)), 'refuse'),
            (3, b.copy > 1, format('показание этого дня уже в строке %s', b.first_line), 'refuse'),
            (4, b.value < b.last_value, format('меньше прежнего: %s от %s; замена и переход через ноль записываются вручную',
                admin.number_told(b.last_value), to_char(b.last_day, 'DD.MM.YYYY')), 'refuse'),
            (5, b.value > b.next_value, format('больше следующего: %s от %s', admin.number_told(b.next_value), to_char(b.next_day, 'DD.MM.YYYY')), 'refuse'),
            (6, b.value > u.upper, format('расход %s за %s дн. больше вероятного: %s', admin.number_told(b.value - b.book_value), b.day - b.book_day,
                admin.number_told(u.upper - b.book_value)), 'doubt')
        ) v (place, holds, told, sort)
        where v.holds order by v.place limit 1
    ) t on true
$$;

-- One row: what the file is and what would become of it.
create function exchange.file_head(p_file bigint)
returns table (
    name text, kind text, encoding text, rows bigint, take bigint, take_sum numeric, have bigint, doubt bigint, doubt_sum numeric, refuse bigint,
    known text, can_take boolean, refusal text, can_doubtful boolean, doubtful_refusal text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select f.name, f.kind, f.encoding, c.rows, c.take, c.take_sum, c.have, c.doubt, c.doubt_sum, c.refuse, k.told,
        w.why is null, w.why, c.doubt > 0 and k.blocks is null, coalesce(k.blocks, 'Сомнительных строк нет')
    from exchange.need_file(p_file) f
    cross join lateral (
        select count(*) as rows, count(*) filter (where j.verdict = 'take') as take, coalesce(sum(j.value) filter (where j.verdict = 'take'), 0) as take_sum,
            count(*) filter (where j.verdict = 'have') as have, count(*) filter (where j.verdict = 'doubt') as doubt,
            coalesce(sum(j.value) filter (where j.verdict = 'doubt'), 0) as doubt_sum, count(*) filter (where j.verdict = 'refuse') as refuse
        from exchange.judged(p_file) j
    ) c
    left join lateral (
        select e->>'told' as told, case when f.kind = 'payments' then 'Реестр уже загружен ' || (e->>'told') end as blocks
        from jsonb_array_elements(exchange.files_known(jsonb_build_array(f.digest))) e
    ) k on true
    cross join lateral (select coalesce(k.blocks, case when c.take = 0 then 'Принимать нечего: верных новых строк нет' end)) w (why)
$$;

-- Rows of one verdict, or all; in the order of the file.
create function exchange.file_rows(p_file bigint, p_verdicts text default null, p_after jsonb default null, p_limit int default 200)
returns table (line int, account text, serial text, day date, value numeric, verdict text, reason text, look text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select j.line, j.account, j.serial, j.day, j.value, j.verdict, j.reason,
        case j.verdict when 'refuse' then 'error' when 'doubt' then 'warning' when 'have' then 'faint' end
    from exchange.judged(p_file) j
    where (p_verdicts is null or j.verdict = any (string_to_array(p_verdicts, ' ')))
        and (p_after is null or j.line > (p_after->>'line')::int)
    order by j.line limit least(greatest(p_limit, 0), 2000)
$$;

create function exchange.file_count(p_file bigint, p_verdicts text default null) returns bigint language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select count(*) from exchange.judged(p_file) j where p_verdicts is null or j.verdict = any (string_to_array(p_verdicts, ' ')) $$;

-- Handler: {"file", "doubtful"?}: the good rows of a file of readings; doubtful ones where the operator says so.
create function exchange.readings_take(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_file exchange_data.brought_file := exchange.need_file_of(p_kind, p_args, 'readings');
    v_lines int[];
    v_done jsonb;
    v_row record;
begin
    -- First the houses, then the verdicts: another operator may write a reading while this waits for them.
    perform billing.lock_units(array(
        select distinct m.unit_id from exchange.readings_placed(v_file.id) j join meters_data.meter m on m.id = j.meter_id where j.told is null
    ));
    v_lines := exchange.lines_to_take(p_args, v_file);
    v_done := exchange.file_taken(v_file, v_lines);
    for v_row in
        select p.* from exchange.readings_placed(v_file.id) p where p.line = any (v_lines) order by p.meter_id, p.register, p.day
    loop
        perform meters.reading_set(v_row.meter_id, v_row.register, v_row.day, to_jsonb(v_row.value), 'file');
    end loop;
    return v_done;
end $$;

-- Handler: {"file", "doubtful"?}: a register of payments, taken and split as at the desk.
create function exchange.payments_take(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_file exchange_data.brought_file := exchange.need_file_of(p_kind, p_args, 'payments');
    v_lines int[];
    v_known text := exchange.files_known(jsonb_build_array(v_file.digest))->0->>'told';
    v_done jsonb;
begin
    if v_known is not null then
        perform admin.refuse('KV006', format('Реестр «%s» уже загружен', v_file.name), v_known, 'Чтобы загрузить его заново, отмените ту операцию');
    end if;
    perform billing.lock_units(array(
        select distinct a.unit_id from exchange_data.brought_row b join cards_data.account a on a.number = b.account where b.file_id = v_file.id
    ));
    v_lines := exchange.lines_to_take(p_args, v_file);
    v_done := exchange.file_taken(v_file, v_lines);
    perform finance.payment_accept(p_kind, jsonb_build_object('payments', (
        select jsonb_agg(jsonb_build_object('account', b.account, 'amount', b.value::numeric(14, 2)::text, 'paid_on', b.day, 'source', 'реестр') order by b.line)
        from exchange_data.brought_row b where b.file_id = v_file.id and b.line = any (v_lines)
    )));
    return v_done;
end $$;

create function exchange.need_file_of(p_kind admin_data.operation_kind, p_args jsonb, p_holds text) returns exchange_data.brought_file
language plpgsql stable
as $$
declare
    v_file exchange_data.brought_file;
begin
    perform admin.need_only(p_args, '{file,doubtful}', p_kind.title);
    v_file := exchange.need_file(admin.need_number(p_args, 'file', p_kind.title)::bigint);
    if v_file.kind <> p_holds then
        perform admin.refuse('KV004', format('%s: в файле «%s» другое', p_kind.title, v_file.name));
    end if;
    return v_file;
end $$;

create function exchange.lines_to_take(p_args jsonb, p_file exchange_data.brought_file) returns int[] language plpgsql stable
as $$
declare
    v_doubtful boolean := coalesce((p_args->>'doubtful')::boolean, false);
    v_lines int[] := array(
        select j.line from exchange.judged(p_file.id) j where j.verdict = 'take' or v_doubtful and j.verdict = 'doubt' order by j.line
    );
begin
    if v_lines = '{}' then
        perform admin.refuse('KV006', format('Из файла «%s» принимать нечего', p_file.name), 'Верных новых строк в нём нет', 'Причины по строкам показывает экран 961');
    end if;
    return v_lines;
end $$;

-- What is taken and what is not is written down beside the file's digest, before the book changes and with it the verdicts. An earlier import of it stays, unless it was undone.
create function exchange.file_taken(p_file exchange_data.brought_file, p_lines int[]) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_taken int := cardinality(p_lines);
    v_rows int := (select count(*) from exchange_data.brought_row where file_id = p_file.id);
    v_bad int;
begin
    insert into exchange_data.import_bad_row (operation, file, line, reason)
    select v_operation.id, p_file.name, j.line, j.reason
    from exchange.judged(p_file.id) j
    where j.line <> all (p_lines) and j.verdict in ('refuse', 'doubt');
    get diagnostics v_bad = row_count;
    insert into exchange_data.import_file as f (digest, name, kind, rows, bad_rows, taken, operation)
    values (p_file.digest, p_file.name, p_file.kind, v_rows, v_bad, v_taken, v_operation.id)
    on conflict (digest) do update set
        name = excluded.name, kind = excluded.kind, rows = excluded.rows, bad_rows = excluded.bad_rows, taken = excluded.taken,
        operation = excluded.operation, at = clock_timestamp()
    where exchange.is_undone((select o.known from admin_data.operation o where o.id = f.operation));
    return jsonb_build_object('file', p_file.name, 'rows', v_rows, 'taken', v_taken, 'refused', v_bad);
end $$;
