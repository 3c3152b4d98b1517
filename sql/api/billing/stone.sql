-- Stone. Row triggers fire even for the replication role, statement triggers catch TRUNCATE; the tables' owner alone could drop
-- them, and nobody logs in as the owner.

create function billing.stone_row() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform admin.refuse('KV009', 'Выпущенное не изменяется', format('Таблица %s', tg_table_name), 'Исправление — новая операция: перерасчёт, корректировка или сторно');
    return null;
end $$;

-- Payments count in the month of their cash day; a sealed month takes no more of them, nor do the days before it: they would be in
-- nobody's balance.
create function billing.stone_sealed_day() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from billing_data.month where month >= date_trunc('month', new.cash_day) and state = 'sealed') then
        perform admin.refuse('KV009', format('Кассовый день %s в закрытом месяце', to_char(new.cash_day, 'DD.MM.YYYY')), null, 'Проведите платёж текущим кассовым днём');
    end if;
    return new;
end $$;

-- A month goes forward only: collecting, charged, released, sealed. What a release or a seal wrote is not written again.
create function billing.stone_month() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    v_order text[] := '{collecting,charged,released,sealed}';
    v_back boolean := array_position(v_order, new.state) < array_position(v_order, old.state);
begin
    if v_back or new.month <> old.month
        or old.released_known is not null
            and (new.run, new.due_date, new.released_known, new.released_by) is distinct from (old.run, old.due_date, old.released_known, old.released_by)
        or old.sealed_known is not null and (new.sealed_known, new.sealed_by) is distinct from (old.sealed_known, old.sealed_by)
        or old.sealed_hash is not null
            and (new.sealed_sum, new.sealed_lines, new.sealed_hash) is distinct from (old.sealed_sum, old.sealed_lines, old.sealed_hash)
    then
        perform admin.refuse('KV009', format('Месяц %s не возвращается назад', to_char(old.month, 'MM.YYYY')), null, 'Исправление войдёт в первый невыпущенный месяц');
    end if;
    return new;
end $$;

-- Balances of a month are written once, all together.
create function billing.stone_balances() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    v_month date;
begin
    -- Once for all rows of a seal: a question a row, and a foreign key asked a row, took longer than the balances themselves.
    for v_month in select distinct month from written loop
        if not exists (select from billing_data.month where month = v_month) then
            perform admin.refuse('KV003', format('Месяц %s не открыт, остатков у него быть не может', to_char(v_month, 'MM.YYYY')));
        elsif exists (select from billing_data.balance_month where month = v_month) then
            perform admin.refuse('KV009', format('Остатки месяца %s уже записаны', to_char(v_month, 'MM.YYYY')));
        end if;
    end loop;
    return null;
end $$;

-- A penalty is booked before its bill is out, and once for each seal.
create function billing.stone_penalty() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    v_booked record;
begin
    for v_booked in select distinct month, through from written loop
        if exists (select from billing_data.month where month = v_booked.month and state in ('released', 'sealed')) then
            perform admin.refuse('KV009', format('Месяц %s выпущен: пени в нём уже не прибавятся', to_char(v_booked.month, 'MM.YYYY')));
        elsif exists (select from billing_data.penalty_month where through = v_booked.through) then
            perform admin.refuse('KV009', format('Пени по %s уже записаны', to_char(v_booked.through, 'DD.MM.YYYY')));
        end if;
    end loop;
    return null;
end $$;

create procedure billing.make_stone(p_table regclass, p_insert boolean) language plpgsql
as $$
declare
    v_events text := case when p_insert then 'insert or update or delete' else 'update or delete' end;
begin
    execute format('drop trigger if exists stone on %s', p_table);
    execute format('drop trigger if exists stone_truncate on %s', p_table);
    execute format('create trigger stone before %s on %s for each row execute function billing.stone_row()', v_events, p_table);
    execute format('create trigger stone_truncate before truncate on %s execute function billing.stone_row()', p_table);
    execute format('alter table %s enable always trigger stone', p_table);
    execute format('alter table %s enable always trigger stone_truncate', p_table);
end $$;

-- Turns the lines of a run into stone; called by release, in its transaction.
create function billing.petrify(p_run int) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_table text;
begin
    if not exists (select from billing_data.month where run = p_run and state in ('released', 'sealed')) then
        perform admin.refuse('KV006', 'Окаменеть может только выпущенный месяц');
    end if;
    foreach v_table in array billing_data.run_tables() loop
        call billing.make_stone(format('billing_data.%I', v_table || '_' || p_run)::regclass, true);
    end loop;
end $$;

-- Ledgers are append-only from the first row; the journal too.
call billing.make_stone('admin_data.operation', false);
call billing.make_stone('admin_data.document', false);
call billing.make_stone('admin_data.document_file', false);
call billing.make_stone('admin_data.document_reading', false);
call billing.make_stone('finance_data.payment', false);
call billing.make_stone('finance_data.payment_split', false);
call billing.make_stone('finance_data.payment_fee', false);
call billing.make_stone('billing_data.correction', false);
call billing.make_stone('billing_data.balance', false);
call billing.make_stone('billing_data.balance_month', false);
call billing.make_stone('billing_data.penalty', false);
call billing.make_stone('billing_data.penalty_month', false);

do $$
declare
    v_table text;
    v_run int;
begin
    foreach v_table in array '{payment,payment_split,payment_fee}'::text[] loop
        execute format('create trigger sealed_day before insert on finance_data.%I for each row execute function billing.stone_sealed_day()', v_table);
        execute format('alter table finance_data.%I enable always trigger sealed_day', v_table);
    end loop;
    create trigger forward before update on billing_data.month for each row execute function billing.stone_month();
    create trigger stone before delete on billing_data.month for each row execute function billing.stone_row();
    create trigger stone_truncate before truncate on billing_data.month execute function billing.stone_row();
    create trigger complete after insert on billing_data.balance
        referencing new table as written for each statement execute function billing.stone_balances();
    create trigger in_time after insert on billing_data.penalty
        referencing new table as written for each statement execute function billing.stone_penalty();
    alter table billing_data.penalty enable always trigger in_time;
    alter table billing_data.month enable always trigger forward;
    alter table billing_data.month enable always trigger stone;
    alter table billing_data.month enable always trigger stone_truncate;
    alter table billing_data.balance enable always trigger complete;
    for v_run in select run from billing_data.month where state in ('released', 'sealed') loop
        perform billing.petrify(v_run);
    end loop;
end $$;
