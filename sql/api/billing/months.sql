-- Months: collecting -> charged -> released -> sealed.

create function billing.need_month(p_month date) returns billing_data.month language plpgsql stable
as $$
declare
    v_month billing_data.month;
begin
    select * into v_month from billing_data.month where month = p_month;
    if not found and p_month < (select min(month) from billing_data.month) then
        perform admin.refuse('KV006', format('Месяца %s в базе нет', to_char(p_month, 'MM.YYYY')),
            format('Месяцы начинаются с %s', to_char((select min(month) from billing_data.month), 'MM.YYYY')));
    elsif not found then
        perform admin.refuse('KV006', format('Месяц %s ещё не открыт', to_char(p_month, 'MM.YYYY')),
            format('Открыты месяцы до %s', to_char((select max(month) from billing_data.month), 'MM.YYYY')));
    end if;
    return v_month;
end $$;

-- Handler: orders the calculation of a month for everybody, one house or one account; the worker does it.
create function billing.charge(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_month billing_data.month := billing.need_month(admin.need_month(p_args, 'month', p_kind.title));
begin
    perform admin.need_only(p_args, '{month,house,account}', p_kind.title);
    if v_month.state in ('released', 'sealed') then
        perform admin.refuse('KV006', format('Месяц %s уже выпущен', to_char(v_month.month, 'MM.YYYY')),
            null, 'Изменения задним числом войдут в перерасчёт первого невыпущенного месяца сами');
    end if;
    if (select count(*) from billing_data.month where month < v_month.month and state in ('collecting', 'charged')) > 0
        and v_month.state = 'collecting'
        and exists (select from billing_data.month where month < v_month.month and state = 'collecting') then
        perform admin.refuse('KV006', format('До месяца %s есть нерассчитанный', to_char(v_month.month, 'MM.YYYY')), null, 'Рассчитайте месяцы по порядку');
    end if;
    if v_month.run is null and (p_args ? 'house' or p_args ? 'account') then
        perform admin.refuse('KV006', format('Месяц %s ещё не рассчитан целиком', to_char(v_month.month, 'MM.YYYY')), null, 'Сначала рассчитайте месяц без отбора');
    end if;
    if p_args ? 'account' and not exists (select from cards_data.account where number = p_args->>'account') then
        perform admin.refuse('KV003', format('Лицевой счёт %s не найден или вам не виден', p_args->>'account'));
    end if;
    if p_args ? 'house' and not exists (select from cards_data.house where id::text = p_args->>'house') then
        perform admin.refuse('KV003', format('Дом № %s не найден или вам не виден', p_args->>'house'));
    end if;
    return admin.order_job(p_kind, p_args || jsonb_build_object('month', to_char(v_month.month, 'YYYY-MM')));
end $$;

-- The books of everybody are moved by one who sees everybody: row-level security would leave the rest behind without a word.
create function billing.need_everybody(p_title text) returns void language plpgsql stable
as $$
begin
    if not admin.sees_everybody() then
        perform admin.refuse('KV001', format('%s: вам видны не все дома', p_title), null, 'Это делает оператор центра, которому видны все участки и организации');
    end if;
end $$;

-- The penalty of a sealed month is booked in the first month whose bills are not out: until it is, no other month may go out or be sealed.
create function billing.need_sealing_done() returns void language plpgsql stable
as $$
declare
    v_month date := (
        select min(m.month) from billing_data.month m
        where m.state = 'sealed' and not exists (select from billing_data.balance_month b where b.month = m.month)
    );
begin
    if v_month is not null then
        perform admin.refuse('KV007', format('Закрытие месяца %s ещё не закончено: считаются остатки и пени', to_char(v_month, 'MM.YYYY')), null,
            'Дождитесь обработчика; если задание остановлено, повторите его на экране 910');
    end if;
end $$;

-- Handler: freezes the charges of a month, once its control is signed. Exclusive: no operation is under way, so everything known is in the lines or in the queue.
create function billing.release(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_month billing_data.month := billing.need_month(admin.need_month(p_args, 'month', p_kind.title));
    v_cash_day date := case when p_args ? 'cash_day' then admin.need_date(p_args, 'cash_day', p_kind.title) else current_date end;
    v_waiting bigint;
    v_due date;
begin
    perform admin.need_only(p_args, '{month,cash_day}', p_kind.title);
    perform billing.need_everybody(p_kind.title);
    if v_month.state = 'collecting' then
        perform admin.refuse('KV006', format('Месяц %s не рассчитан', to_char(v_month.month, 'MM.YYYY')), null, 'Рассчитайте месяц: экран 410 или kvartal charge');
    elsif v_month.state in ('released', 'sealed') then
        perform admin.refuse('KV006', format('Месяц %s уже выпущен', to_char(v_month.month, 'MM.YYYY')));
    elsif exists (select from billing_data.month where month < v_month.month and state in ('collecting', 'charged')) then
        perform admin.refuse('KV006', format('До месяца %s есть невыпущенный', to_char(v_month.month, 'MM.YYYY')), null, 'Выпускайте месяцы по порядку');
    end if;
    perform billing.need_sealing_done();
    select count(*) into v_waiting from billing_data.queue;
    if v_waiting > 0 then
        perform admin.refuse('KV007', format('Ещё пересчитываются изменения: %s', v_waiting), null, 'Дождитесь обработчика и повторите выпуск');
    end if;
    perform billing.need_signature(v_month.month);
    v_due := billing.due_date(v_month.month);
    update billing_data.month
    set state = 'released', due_date = v_due, released_known = v_operation.known, released_by = v_operation.operator
    where month = v_month.month;
    update billing_data.due set booked = v_month.month where booked is null;
    perform billing.petrify(v_month.run);
    insert into billing_data.month (month) values (v_month.month + interval '1 month') on conflict do nothing;
    perform finance.settle_advances(v_operation.id, v_cash_day);
    return jsonb_build_object('month', to_char(v_month.month, 'YYYY-MM'), 'due_date', v_due);
end $$;

-- The day bills of a month are due: day of the parameter in the month after, moved to the next working day (ЖК 155 ч. 1, ГК 193).
create function billing.due_date(p_month date) returns date language plpgsql stable
as $$
declare
    v_day numeric;
    v_due date;
begin
    select f.value into v_day
    from cards_data.parameter_value f join cards_data.parameter p on p.id = f.parameter_id
    where p.code = 'due_day' and f.retracted is null and not f.void and f.valid_from <= p_month and f.valid_to > p_month;
    if v_day is null then
        perform admin.refuse('KV006', format('Не задан срок оплаты для %s', to_char(p_month, 'MM.YYYY')), null, 'Задайте день, до которого платят: экран 520');
    end if;
    v_due := (p_month + interval '1 month')::date + (v_day::int - 1);
    while billing.is_day_off(v_due) loop
        v_due := v_due + 1;
    end loop;
    return v_due;
end $$;

-- Saturdays, Sundays and what the production calendar says of a day: 1 off, 0 worked (ТК 112).
create function billing.is_day_off(p_day date) returns boolean language sql stable
as $$
    select coalesce((
        select f.value <> 0
        from cards_data.parameter_value f join cards_data.parameter p on p.id = f.parameter_id
        where p.code = 'day_off' and f.retracted is null and not f.void and f.valid_from <= p_day and f.valid_to > p_day
    ), extract(isodow from p_day) in (6, 7))
$$;

-- Handler: freezes payments and balances of a released month. Sum, hash and balances are written afterwards by the worker from the stone rows.
create function billing.seal(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_month billing_data.month := billing.need_month(admin.need_month(p_args, 'month', p_kind.title));
begin
    perform admin.need_only(p_args, '{month}', p_kind.title);
    perform billing.need_everybody(p_kind.title);
    if v_month.state = 'sealed' then
        perform admin.refuse('KV006', format('Месяц %s уже закрыт', to_char(v_month.month, 'MM.YYYY')));
    elsif v_month.state <> 'released' then
        perform admin.refuse('KV006', format('Месяц %s ещё не выпущен', to_char(v_month.month, 'MM.YYYY')), null, 'Сначала выпустите месяц: экран 410 или kvartal release');
    elsif exists (select from billing_data.month where month < v_month.month and state <> 'sealed') then
        perform admin.refuse('KV006', format('До месяца %s есть незакрытый', to_char(v_month.month, 'MM.YYYY')), null, 'Закрывайте месяцы по порядку');
    end if;
    perform billing.need_sealing_done();
    update billing_data.month set state = 'sealed', sealed_known = v_operation.known, sealed_by = v_operation.operator
    where month = v_month.month;
    return admin.order_job(p_kind, p_args || jsonb_build_object('month', to_char(v_month.month, 'YYYY-MM')));
end $$;

-- Money is booked for a month that has begun, never for one nobody has been charged for.
create function billing.need_begun(p_month date, p_where text) returns void language plpgsql stable
as $$
declare
    v_last date := (select max(month) from billing_data.month);
begin
    if p_month > v_last then
        perform admin.refuse('KV004', format('%s: месяц %s ещё не начат', p_where, to_char(p_month, 'MM.YYYY')), null,
            format('Укажите месяц не позже %s', to_char(v_last, 'MM.YYYY')));
    end if;
end $$;

-- Handler: a manual correction; its own component, never mixed with recalculation.
create function billing.correct(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_account cards_data.account := cards.need_account(p_args, p_kind.title);
    v_open date := (select min(month) from billing_data.month where state in ('collecting', 'charged'));
    v_source date := case when p_args ? 'source_month' then admin.need_month(p_args, 'source_month', p_kind.title) else v_open end;
    v_amount numeric := admin.need_amount(p_args, 'amount', p_kind.title);
    v_id bigint;
begin
    perform admin.need_only(p_args, '{account_id,service_id,contract_id,source_month,amount,part}', p_kind.title);
    if p_args ? 'part' and coalesce(p_args->>'part', '') not in ('debt', 'penalty') then
        perform admin.refuse('KV004', format('%s: часть «%s» не известна', p_kind.title, p_args->>'part'), null, 'Корректируют долг (debt) или пени (penalty)');
    end if;
    perform billing.need_begun(v_source, p_kind.title);
    perform cards.need_kept(date_trunc('month', cards.centre_since())::date, v_source, p_kind.title);
    if v_amount = 0 then
        perform admin.refuse('KV004', format('%s: сумма равна нулю', p_kind.title), null, 'Плюс — начислить, минус — снять');
    end if;
    perform billing.lock_units(array[v_account.unit_id]);
    insert into billing_data.correction (unit_id, scope, account_id, service_id, contract_id, month, source_month, kind, part, amount, operation)
    values (v_account.unit_id, v_account.scope, v_account.id,
        admin.need_number(p_args, 'service_id', p_kind.title), admin.need_number(p_args, 'contract_id', p_kind.title), v_open,
        v_source, 'manual', coalesce(p_args->>'part', 'debt'), v_amount, (admin.current_operation()).id)
    returning id into v_id;
    perform admin.touch('account', array[v_account.id], (admin.current_operation()).known);
    return jsonb_build_object('correction_id', v_id);
end $$;

-- Writes a question for the worker, whose answer is read by admin.preview_result.
create function billing.ask_worker(p_id uuid, p_kind text, p_args jsonb) returns void language plpgsql
as $$
begin
    insert into admin_data.preview (id, operator, kind, args, digest) values (p_id, admin.operator(), p_kind, p_args, '')
    on conflict (id) do nothing;
    if not found then
        perform admin.refuse('KV002', 'Вопрос с этим номером уже задан', null, 'Повторите действие с новым номером');
    end if;
    perform admin.hand_question(p_id);
end $$;

-- Asks the worker to explain the amounts of an account in a month, as known at the end of a day or now, in a language of the desk (ru, en);
-- the answer is read by admin.preview_result.
create function billing.explain_ask(
    p_id uuid, p_account text, p_month date, p_known_on date default null, p_language text default 'ru'
) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_account bigint := cards.account_by_number(p_account);
begin
    perform billing.need_month(p_month);
    if p_id is null then
        perform admin.refuse('KV004', 'Нет номера вопроса');
    end if;
    perform billing.ask_worker(p_id, 'billing.explain', jsonb_build_object(
        'account_id', v_account, 'month', p_month, 'known', admin.known_on(p_known_on), 'language', p_language));
end $$;

-- Asks the worker why every sum of a house in a month is what it is, for the backs of its bills: a house is calculated once, however many
-- accounts it has. The answer is read by admin.preview_result.
create function billing.reasons_ask(p_id uuid, p_house bigint, p_month date) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_unit bigint := (select unit_id from cards_data.house where id = p_house);
begin
    perform billing.need_month(p_month);
    if p_id is null then
        perform admin.refuse('KV004', 'Нет номера вопроса');
    end if;
    perform billing.need_house_accounts(p_house);
    perform billing.ask_worker(p_id, 'billing.reasons', jsonb_build_object('house_id', p_house, 'unit_id', v_unit, 'month', p_month));
end $$;

-- Asks the worker what penalty an account owes as of a day; the answer is read by admin.preview_result.
create function billing.penalty_ask(p_id uuid, p_account text, p_day date) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_account bigint := cards.account_by_number(p_account);
begin
    if p_id is null or p_day is null then
        perform admin.refuse('KV004', 'Нет номера вопроса или дня');
    end if;
    perform billing.ask_worker(p_id, 'billing.penalty', jsonb_build_object('account_id', v_account, 'day', p_day));
end $$;

-- Undo of a manual correction: the opposite one, in the month now open.
create function billing.reverse_correction(p_target admin_data.operation) returns jsonb language plpgsql
as $$
declare
    v_open date := (select min(month) from billing_data.month where state in ('collecting', 'charged'));
    v_count bigint;
begin
    insert into billing_data.correction (unit_id, scope, account_id, service_id, contract_id, month, source_month, kind, part, amount, reverses, operation)
    select c.unit_id, c.scope, c.account_id, c.service_id, c.contract_id, v_open, c.source_month, c.kind, c.part, -c.amount, c.id, (admin.current_operation()).id
    from billing_data.correction c
    where c.operation = p_target.id and not exists (select from billing_data.correction r where r.reverses = c.id);
    get diagnostics v_count = row_count;
    if v_count = 0 then
        perform admin.refuse('KV010', 'Отменять нечего: корректировка уже отменена');
    end if;
    perform admin.touch('account', array(select account_id from billing_data.correction where operation = p_target.id), (admin.current_operation()).known);
    return jsonb_build_object('reversed', v_count);
end $$;
