-- What-if: what changes would make of the bills of the whole town if they were made. The worker tries them and keeps the figures;
-- the books are never touched.

create schema analytics_data;

create table analytics_data.what_if (
    id uuid primary key references admin_data.operation, -- the order, which is also the job
    login name not null,
    months date[] not null, -- the open months compared
    accounts bigint not null,
    moved bigint not null, -- accounts whose bill changes
    before numeric(18, 2) not null,
    after numeric(18, 2) not null,
    unseen bigint not null, -- accounts that change out of the operator's sight, and by how much
    unseen_change numeric(18, 2) not null
);

-- Totals of what the operator sees, by service and by provider.
create table analytics_data.what_if_part (
    what_if_id uuid not null references analytics_data.what_if,
    kind text not null check (kind in ('service', 'provider')),
    part_id bigint not null,
    accounts bigint not null,
    before numeric(18, 2) not null,
    after numeric(18, 2) not null,
    primary key (what_if_id, kind, part_id)
);

create table analytics_data.what_if_house (
    what_if_id uuid not null references analytics_data.what_if,
    house_id bigint not null references cards_data.house,
    scope int not null references admin_data.scope,
    accounts bigint not null,
    before numeric(18, 2) not null,
    after numeric(18, 2) not null,
    primary key (what_if_id, house_id)
);

-- Accounts in order of their change, cut into ten groups of equal number.
create table analytics_data.what_if_decile (
    what_if_id uuid not null references analytics_data.what_if,
    decile smallint not null check (decile between 1 and 10),
    accounts bigint not null,
    least numeric(18, 2) not null,
    most numeric(18, 2) not null,
    change numeric(18, 2) not null,
    primary key (what_if_id, decile)
);

-- The bills that change most.
create table analytics_data.what_if_bill (
    what_if_id uuid not null references analytics_data.what_if,
    place int not null,
    account_id bigint not null references cards_data.account,
    scope int not null references admin_data.scope,
    before numeric(18, 2) not null,
    after numeric(18, 2) not null,
    primary key (what_if_id, place)
);

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('800', 'menu-what-if', 'Что если: проба на весь город', 'analytics', 'month', 75, '{kvartal_accountant,kvartal_centre}');
