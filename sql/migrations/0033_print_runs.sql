-- Print runs: the invoices of a released month in the order of delivery, a bundle a house, so that a run that was stopped goes on with
-- the next bundle. What is ordered is written down at once; the worker only fills in what it printed.

create table billing_data.print_run (
    id uuid primary key references admin_data.operation, -- the order, which is also the job
    number bigint not null unique generated always as identity,
    month date not null references billing_data.month,
    district_id bigint references cards_data.district, -- null: all the operator sees
    through date not null,      -- payments received through this day are counted
    operator name not null,
    has_reasons boolean not null, -- with the back page «Почему столько»
    created_at timestamptz not null default clock_timestamp()
);
create index print_run_month on billing_data.print_run (month);

create table billing_data.print_bundle (
    print_run_id uuid not null references billing_data.print_run,
    place int not null,         -- in the order of delivery, from 1
    house_id bigint not null references cards_data.house,
    scope int not null references admin_data.scope,
    accounts int not null,      -- of the house, with those nothing is printed for
    primary key (print_run_id, place)
);

-- What was printed; written once, in the transaction that keeps the file.
create table billing_data.print_bundle_done (
    print_run_id uuid not null,
    place int not null,
    scope int not null references admin_data.scope,
    invoices int not null,
    sheets int not null,
    opening numeric(18, 2) not null,
    charged numeric(18, 2) not null,
    recalculated numeric(18, 2) not null,
    privilege numeric(18, 2) not null,
    penalty numeric(18, 2) not null,
    paid numeric(18, 2) not null,
    closing numeric(18, 2) not null,
    since numeric(18, 2) not null,
    payable numeric(18, 2) not null,
    document_id uuid references admin_data.document, -- null: nobody in the house has anything to pay or to know
    done_at timestamptz not null default clock_timestamp(),
    primary key (print_run_id, place),
    foreign key (print_run_id, place) references billing_data.print_bundle
);
create index print_bundle_done_document on billing_data.print_bundle_done (document_id);

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('430', 'menu-print-runs', 'Печать платёжных документов', 'billing', 'month', 72, '{kvartal_accountant,kvartal_centre}');

comment on table billing_data.print_run is 'печать месяца';
