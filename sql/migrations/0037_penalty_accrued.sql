-- The penalty in the ledger: accrued at a seal from the books it closes, booked in the first month whose bills are not out yet, so that
-- paper says what is stored. A row is what one monthly debt adds to what was booked for it before; it is never changed.
create table billing_data.penalty (
    month date not null references billing_data.month, -- the month it is booked in: its bill asks for it
    through date not null,          -- accrued through this day, the last of the sealed month
    scope int not null,
    account_id bigint not null,
    service_id bigint not null,
    contract_id bigint not null,
    debt_month date not null,       -- the month whose debt is late
    due_date date not null,         -- the last day it could be paid in time
    debt numeric(14,2) not null,    -- what of it is not paid on the day `through`
    accrued numeric(14,2) not null, -- all penalty of that debt through the day
    amount numeric(14,2) not null check (amount <> 0), -- accrued less what was booked for the debt before
    primary key (account_id, service_id, contract_id, debt_month, through)
);
create index penalty_booked on billing_data.penalty (month);

-- Which seals accrued: written last, so that a killed worker leaves no half accrual behind.
create table billing_data.penalty_month (
    through date primary key,
    month date not null references billing_data.month,
    since date not null,            -- days before it are not charged: another program did, or nobody
    known bigint not null,          -- mark of the law it was accrued by
    rows bigint not null,
    amount numeric(16,2) not null
);

-- Money pays the debt itself or its penalty; of a penalty the month is that of the debt.
alter table finance_data.payment_split add column part text not null default 'debt' check (part in ('debt', 'penalty'));
alter table billing_data.correction add column part text not null default 'debt' check (part in ('debt', 'penalty'));

-- What the payer said the money is for (ГК 319.1).
alter table finance_data.payment
    add column for_month date check (for_month = date_trunc('month', for_month)),
    add column for_part text check (for_part in ('debt', 'penalty'));
alter table finance_data.to_split add column for_month date, add column for_part text;

-- Of the columns of a balance, how much is penalty.
alter table billing_data.balance
    add column penalty_opening numeric(14,2) not null default 0,
    add column penalty_paid numeric(14,2) not null default 0,
    add column penalty_closing numeric(14,2) not null default 0;

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('421', 'menu-penalties', 'Пени по всем счетам', 'billing', 'month', 75, '{kvartal_accountant,kvartal_centre,kvartal_debt}');

comment on constraint payment_split_part_check on finance_data.payment_split is 'часть — основной долг или пени';
comment on constraint correction_part_check on billing_data.correction is 'часть — основной долг или пени';
