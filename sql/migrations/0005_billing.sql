-- Months, runs, lines, what is due, the queue.

create table billing_data.month (
    month date primary key check (month = date_trunc('month', month)),
    state text not null default 'collecting' check (state in ('collecting', 'charged', 'released', 'sealed')),
    run int,                -- the run whose lines count
    due_date date,          -- set at release: the day the bills of the month are due
    released_known bigint,  -- mark of the release: facts as known then explain what was printed
    released_by name,
    sealed_known bigint,
    sealed_by name,
    sealed_sum numeric(16,2),
    sealed_lines bigint,
    sealed_hash text,       -- over the stone rows, written by the worker after the seal
    engine_version text,    -- program that wrote the hash
    check (state in ('collecting', 'charged') or (run is not null and released_known is not null and due_date is not null)),
    check (state <> 'sealed' or sealed_known is not null)
);

create table billing_data.run (
    id int primary key generated always as identity,
    month date not null references billing_data.month,
    state text not null default 'building' check (state in ('building', 'current', 'old')),
    job uuid references admin_data.job,
    started_at timestamptz not null default clock_timestamp()
);
alter table billing_data.month add foreign key (run) references billing_data.run;

-- Progress of a full run: a batch is a range of units, written and committed as a whole; a resumed run skips the done ones.
create table billing_data.run_batch (
    run int not null references billing_data.run on delete cascade,
    from_unit bigint not null,
    to_unit bigint not null,
    accounts int not null,
    lines int not null,
    amount numeric(16,2) not null,
    primary key (run, from_unit)
);

-- The version each unit had when its lines were computed: a unit that moved since is queued when the run is published.
create table billing_data.run_unit (
    run int not null references billing_data.run on delete cascade,
    unit_id bigint not null,
    version bigint not null,
    primary key (run, unit_id)
);

-- Charge and recalculation lines. cause = 0: charged for source_month itself; else the mark of the operation that caused
-- a recalculation of source_month, booked in the month of the run.
create table billing_data.line (
    run int not null,
    unit_id bigint not null,
    scope int not null,
    account_id bigint not null,
    service_id bigint not null,
    contract_id bigint not null,
    component smallint not null,
    source_month date not null,
    cause bigint not null default 0,
    basis smallint not null,
    volume numeric(22,7) not null,
    rate numeric(14,6) not null,
    amount numeric(14,2) not null
) partition by list (run);
alter table billing_data.line add primary key (run, account_id, service_id, contract_id, component, source_month, cause);
create index line_unit on billing_data.line (unit_id);

-- Registers charged without a reading; a later month carries what a recalculation changed, the latest run wins.
create table billing_data.meter_month (
    run int not null,
    unit_id bigint not null,
    scope int not null,
    meter_id bigint not null,
    register smallint not null,
    month date not null,
    basis smallint not null,
    volume numeric(22,7) not null
) partition by list (run);
alter table billing_data.meter_month add primary key (run, meter_id, register, month);
create index meter_month_unit on billing_data.meter_month (unit_id);

-- House quantities frozen by booking.
create table billing_data.house_month (
    run int not null,
    unit_id bigint not null,
    scope int not null,
    house_id bigint not null,
    service_id bigint not null,
    month date not null,
    basis smallint not null,
    volume numeric(22,7) not null,
    area numeric(14,2) not null
) partition by list (run);
alter table billing_data.house_month add primary key (run, house_id, service_id, month);
create index house_month_unit on billing_data.house_month (unit_id);

-- The control list: open accounts a run could not charge in full, and amounts that today's facts do not reproduce.
create table billing_data.exception (
    run int not null,
    unit_id bigint not null,
    scope int not null,
    account_id bigint not null,
    service_id bigint not null default 0,
    number int not null,
    code text not null,
    sentence text not null
) partition by list (run);
alter table billing_data.exception add primary key (run, account_id, service_id, number);
create index exception_unit on billing_data.exception (unit_id);

-- What released months must be recalculated for; written by the machinery of facts, inside each operation.
create table billing_data.due (
    id bigint primary key default nextval('admin_data.id_seq'),
    unit_id bigint references billing_data.unit,    -- null: every unit (a rule common to all)
    account_id bigint references cards_data.account, -- null: the house as a whole, its frozen quantities included
    service_id bigint references cards_data.service, -- null: every service
    from_month date not null,
    operation uuid not null references admin_data.operation,
    known bigint not null,
    booked date references billing_data.month -- the month whose release booked it
);
create index due_open on billing_data.due (unit_id) where booked is null;
create index due_operation on billing_data.due (operation);

-- Touched units waiting for the worker; append-only, deleted by the hand that recomputes.
create table billing_data.queue (
    id bigint primary key generated always as identity,
    unit_id bigint,   -- null: every unit, to be expanded
    priority smallint not null default 100,
    known bigint not null
);
create index queue_order on billing_data.queue (priority, id);
create index queue_unit on billing_data.queue (unit_id);

-- Balances as the seal left them, one row an account × service × contract.
create table billing_data.balance (
    month date not null references billing_data.month,
    scope int not null,
    account_id bigint not null,
    service_id bigint not null,
    contract_id bigint not null,
    opening numeric(14,2) not null,
    charged numeric(14,2) not null,
    recalculated numeric(14,2) not null,
    privilege numeric(14,2) not null default 0,
    penalty numeric(14,2) not null default 0,
    corrected numeric(14,2) not null,
    paid numeric(14,2) not null,
    closing numeric(14,2) not null,
    primary key (account_id, service_id, contract_id, month),
    constraint balance_identity check (closing = opening + charged + recalculated - privilege + penalty + corrected - paid)
);
create index balance_by_month on billing_data.balance (month);

-- Months whose balances are complete: written last, so that a killed worker leaves no half month behind.
create table billing_data.balance_month (
    month date primary key references billing_data.month,
    rows bigint not null,
    closing numeric(16,2) not null
);

-- Opening balances brought from another program, and manual corrections: never part of a recalculation.
create table billing_data.correction (
    id bigint primary key default nextval('admin_data.id_seq'),
    unit_id bigint not null,
    scope int not null,
    account_id bigint not null references cards_data.account,
    service_id bigint not null references cards_data.service,
    contract_id bigint not null references cards_data.contract,
    month date not null,        -- the month it is booked in
    source_month date not null, -- the month whose debt it changes
    kind text not null check (kind in ('opening', 'manual')),
    amount numeric(14,2) not null,
    reverses bigint unique references billing_data.correction,
    operation uuid not null references admin_data.operation
);
create index correction_account on billing_data.correction (account_id);
create index correction_month on billing_data.correction (month);

-- The tables a run fills, one partition each.
create function billing_data.run_tables() returns text[] language sql immutable
as $$ select array['line', 'meter_month', 'house_month', 'exception'] $$;
