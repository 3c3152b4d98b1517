-- Balances of every month that is not stone yet, added up house by house: who asks for those of a town reads some rows a house instead of all
-- accounts. The worker adds up; whatever moves a balance says whose, and a house that moved since is added up anew by whoever asks.

create table billing_data.house_sum (
    month date not null references billing_data.month,
    house_id bigint not null references cards_data.house,
    scope int not null,
    service_id bigint not null,
    contract_id bigint not null,
    accounts bigint not null,
    opening numeric(16,2) not null,
    charged numeric(16,2) not null,
    recalculated numeric(16,2) not null,
    privilege numeric(16,2) not null,
    penalty numeric(16,2) not null,
    corrected numeric(16,2) not null,
    paid numeric(16,2) not null,
    closing numeric(16,2) not null,
    primary key (month, house_id, service_id, contract_id, scope)
);

-- Houses added up, with their accounts that have a balance; one without any has its row too.
create table billing_data.house_summed (
    month date not null references billing_data.month,
    house_id bigint not null references cards_data.house,
    scope int not null,
    accounts bigint not null,
    primary key (month, house_id, scope)
);

-- What moved since: an account or a whole unit, from a month on. Append-only; taken away by whoever adds up anew, in the same transaction.
create table billing_data.balance_moved (
    id bigint primary key generated always as identity,
    month date not null,
    account_id bigint,
    unit_id bigint
);

-- Readings of a month, whoever's: how far the routes of a town have got.
create index meter_reading_day on meters_data.meter_reading (valid_from, meter_id) where retracted is null and not void;

create function billing_data.balance_moves() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into billing_data.balance_moved (month, account_id) select distinct w.month, w.account_id from written w;
    return null;
end $$;
create trigger balance_moves after insert on billing_data.correction referencing new table as written
    for each statement execute function billing_data.balance_moves();
create trigger balance_moves after insert on billing_data.penalty referencing new table as written
    for each statement execute function billing_data.balance_moves();

create function billing_data.payment_moves() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into billing_data.balance_moved (month, account_id) select distinct date_trunc('month', w.cash_day)::date, w.account_id from written w;
    return null;
end $$;
create trigger balance_moves after insert on finance_data.payment_split referencing new table as written
    for each statement execute function billing_data.payment_moves();
