-- Money that moved: append-only; a mistake is put right by a reversal.

create schema finance_data;

create table finance_data.payment (
    id bigint primary key default nextval('admin_data.id_seq'),
    unit_id bigint not null,
    scope int not null,
    account_id bigint not null references cards_data.account,
    paid_on date not null,   -- the day the payer paid
    cash_day date not null,  -- the operational day it counts in
    amount numeric(14,2) not null check (amount <> 0),
    source text not null,    -- where it came from: cash desk, bank, register
    reverses bigint unique references finance_data.payment,
    operation uuid not null references admin_data.operation,
    check ((amount < 0) = (reverses is not null))
);
create index payment_account on finance_data.payment (account_id, cash_day);
create index payment_cash_day on finance_data.payment (cash_day);
create index payment_operation on finance_data.payment (operation);

-- How a payment was divided, decided once. Service 0, contract 0: an advance.
-- settles: the advance this row consumes; such rows come in pairs that sum to nothing.
create table finance_data.payment_split (
    id bigint primary key default nextval('admin_data.id_seq'),
    payment_id bigint not null references finance_data.payment,
    scope int not null,
    account_id bigint not null,
    service_id bigint not null references cards_data.service,
    contract_id bigint not null references cards_data.contract,
    month date,              -- the month whose bill it pays; null for an advance
    cash_day date not null,
    amount numeric(14,2) not null check (amount <> 0),
    operation uuid not null references admin_data.operation
);
create index payment_split_payment on finance_data.payment_split (payment_id);
create index payment_split_account on finance_data.payment_split (account_id, cash_day);
create index payment_split_day on finance_data.payment_split (cash_day);

call admin_data.make_fact(
    'finance', 'fee_rate', 'Комиссия с получателя', 'cards_data.organisation', 'organisation_id',
    '{organisation_id,fee}', 'organisation_id bigint not null references cards_data.organisation, fee text not null check (fee in (''agent'', ''centre''))',
    '{percent}', 'percent numeric(7,4) check (percent between 0 and 100)', '{percent}', 'none'
);

-- Fees withheld from the transfer, one row a payment × payee × fee; each rounded by itself (dossier § 7.5).
create table finance_data.payment_fee (
    payment_id bigint not null references finance_data.payment,
    scope int not null,
    provider_id bigint not null references cards_data.organisation,
    fee text not null check (fee in ('agent', 'centre')),
    cash_day date not null,
    base numeric(14,2) not null,
    percent numeric(7,4) not null,
    amount numeric(14,2) not null,
    operation uuid not null references admin_data.operation,
    primary key (payment_id, provider_id, fee, operation)
);
create index payment_fee_day on finance_data.payment_fee (cash_day);

-- Money on its way through the split, inside one transaction: what is to be divided for which operation.
create table finance_data.to_split (
    operation uuid not null,
    payment_id bigint not null,
    scope int not null,
    account_id bigint not null,
    cash_day date not null,
    amount numeric(14,2) not null,
    primary key (operation, payment_id)
);
