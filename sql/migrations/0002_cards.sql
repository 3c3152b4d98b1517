-- Card index: organisations, addresses, premises, accounts, services, contracts, tariffs, norms.

create schema cards_data;
create schema billing_data;

create table cards_data.organisation (
    id bigint primary key default nextval('admin_data.id_seq'),
    code text not null unique,
    name text not null,
    kinds text[] not null default '{}',
    tin text,
    kpp text,
    address text,
    phone text,
    origin uuid not null references admin_data.operation
);

call admin_data.make_fact(
    'cards', 'settlement_account', 'Банковские реквизиты', 'cards_data.organisation', 'organisation_id',
    '{organisation_id}', 'organisation_id bigint not null references cards_data.organisation',
    '{account,bank_name,bic,correspondent_account}', 'account text, bank_name text, bic text, correspondent_account text',
    '{account,bank_name,bic}', 'none'
);

create table cards_data.district (
    id bigint primary key default nextval('admin_data.id_seq'),
    name text not null unique,
    origin uuid not null references admin_data.operation
);

create table cards_data.street (
    id bigint primary key default nextval('admin_data.id_seq'),
    settlement text not null,
    name text not null,
    kind text not null default 'улица',
    origin uuid not null references admin_data.operation,
    unique (settlement, kind, name)
);

-- A calculation unit: a house, or the houses on one group meter. Every change of anything in it moves its version.
-- Unit 0 stands for the rules common to all (tariffs, norms, parameters).
create table billing_data.unit (
    id bigint primary key default nextval('admin_data.id_seq'),
    version bigint not null default 0
);
insert into billing_data.unit (id) values (0);

create table cards_data.house (
    id bigint primary key default nextval('admin_data.id_seq'),
    unit_id bigint not null references billing_data.unit,
    scope int not null references admin_data.scope,
    street_id bigint not null references cards_data.street,
    district_id bigint not null references cards_data.district,
    company_id bigint references cards_data.organisation,
    number text not null,
    kind text not null check (kind in ('apartment', 'dormitory', 'private')),
    built_year smallint,
    floors smallint,
    has_lift boolean not null default false,
    stove text check (stove in ('gas', 'electric')),
    origin uuid not null references admin_data.operation,
    unique (street_id, number)
);
create index house_unit on cards_data.house (unit_id);

create table cards_data.premises (
    id bigint primary key default nextval('admin_data.id_seq'),
    unit_id bigint not null references billing_data.unit,
    scope int not null references admin_data.scope,
    house_id bigint not null references cards_data.house,
    parent_id bigint references cards_data.premises,
    kind text not null check (kind in ('flat', 'room', 'non_residential', 'private')),
    number text not null,
    entrance smallint,
    floor smallint,
    origin uuid not null references admin_data.operation
);
create index premises_unit on cards_data.premises (unit_id);
create index premises_house on cards_data.premises (house_id, number);
create index premises_parent on cards_data.premises (parent_id) where parent_id is not null;

create table cards_data.account (
    id bigint primary key default nextval('admin_data.id_seq'),
    unit_id bigint not null references billing_data.unit,
    scope int not null references admin_data.scope,
    premises_id bigint not null references cards_data.premises,
    number text not null unique,
    calc_from date, -- months before this one came ready from another program
    origin uuid not null references admin_data.operation
);
create index account_unit on cards_data.account (unit_id);
create index account_premises on cards_data.account (premises_id);

create table cards_data.service (
    id bigint primary key default nextval('admin_data.id_seq'),
    code text not null unique,
    name text not null,
    unit text not null,
    scale smallint not null check (scale between 0 and 7),
    sort smallint not null default 100,
    heat_scale smallint not null default 5 check (heat_scale between 0 and 7), -- places of the heat of two-component hot water
    waters bigint[] not null default '{}', -- services whose volumes make up this one (sewage)
    origin uuid not null references admin_data.operation
);

-- What the provider of a service is paid under. The provider of a line is that of its contract, for ever.
create table cards_data.contract (
    id bigint primary key default nextval('admin_data.id_seq'),
    provider_id bigint not null references cards_data.organisation,
    number text not null,
    origin uuid not null references admin_data.operation,
    unique (provider_id, number)
);

create table cards_data.tariff (
    id bigint primary key default nextval('admin_data.id_seq'),
    service_id bigint not null references cards_data.service,
    code text not null unique,
    title text not null,
    origin uuid not null references admin_data.operation
);

call admin_data.make_fact(
    'cards', 'tariff_rate', 'Тариф', 'cards_data.tariff', 'tariff_id',
    '{tariff_id,part}', 'tariff_id bigint not null references cards_data.tariff, part smallint not null default 0',
    '{rate,citation}', 'rate numeric(14,6) check (rate >= 0), citation text',
    '{rate}', 'city'
);

create table cards_data.norm (
    id bigint primary key default nextval('admin_data.id_seq'),
    service_id bigint not null references cards_data.service,
    code text not null unique,
    title text not null,
    origin uuid not null references admin_data.operation
);

call admin_data.make_fact(
    'cards', 'norm_value', 'Норматив', 'cards_data.norm', 'norm_id',
    '{norm_id,part,rooms,persons}',
    'norm_id bigint not null references cards_data.norm, part smallint not null default 0, rooms smallint not null default 0, persons smallint not null default 0',
    '{value,citation}', 'value numeric(22,7) check (value >= 0), citation text',
    '{value}', 'city'
);

create table cards_data.parameter (
    id bigint primary key default nextval('admin_data.id_seq'),
    code text not null unique,
    title text not null
);

call admin_data.make_fact(
    'cards', 'parameter_value', 'Параметр расчёта', 'cards_data.parameter', 'parameter_id',
    '{parameter_id}', 'parameter_id bigint not null references cards_data.parameter',
    '{value,citation}', 'value numeric(22,7), citation text',
    '{value,citation}', 'city'
);

call admin_data.make_fact(
    'cards', 'house_area', 'Площадь общего имущества', 'cards_data.house', 'house_id',
    '{house_id}', 'house_id bigint not null references cards_data.house',
    '{area_common}', 'area_common numeric(10,2) check (area_common >= 0)',
    '{area_common}', 'house'
);

call admin_data.make_fact(
    'cards', 'house_plan', 'Порядок начисления по дому', 'cards_data.house', 'house_id',
    '{house_id,service_id}', 'house_id bigint not null references cards_data.house, service_id bigint not null references cards_data.service',
    '{contract_id,method,tariff_id,norm_id}',
    'contract_id bigint references cards_data.contract, method text, tariff_id bigint references cards_data.tariff, norm_id bigint references cards_data.norm',
    '{contract_id,method,tariff_id}', 'house'
);

call admin_data.make_fact(
    'cards', 'premises_area', 'Площадь помещения', 'cards_data.premises', 'premises_id',
    '{premises_id}', 'premises_id bigint not null references cards_data.premises',
    '{area_total,area_living,area_heated,rooms}',
    'area_total numeric(10,2) check (area_total >= 0), area_living numeric(10,2) check (area_living >= 0), area_heated numeric(10,2) check (area_heated >= 0), rooms smallint check (rooms >= 0)',
    '{area_total,area_living,area_heated,rooms}', 'premises'
);

call admin_data.make_fact(
    'cards', 'account_open', 'Лицевой счёт открыт', 'cards_data.account', 'account_id',
    '{account_id}', 'account_id bigint not null references cards_data.account',
    '{opened_as}', 'opened_as text', '{}', 'account'
);

call admin_data.make_fact(
    'cards', 'account_plan', 'Порядок начисления по счёту', 'cards_data.account', 'account_id',
    '{account_id,service_id}', 'account_id bigint not null references cards_data.account, service_id bigint not null references cards_data.service',
    '{is_off,contract_id,method,tariff_id,norm_id}',
    'is_off boolean, contract_id bigint references cards_data.contract, method text, tariff_id bigint references cards_data.tariff, norm_id bigint references cards_data.norm, constraint account_plan_whole check (void or is_off or num_nulls(contract_id, method, tariff_id) = 0)',
    '{is_off}', 'account'
);

call admin_data.make_fact(
    'cards', 'service_quantity', 'Количество по услуге', 'cards_data.account', 'account_id',
    '{account_id,service_id}', 'account_id bigint not null references cards_data.account, service_id bigint not null references cards_data.service',
    '{quantity}', 'quantity numeric(22,7) check (quantity >= 0)', '{quantity}', 'account'
);

call admin_data.make_fact(
    'cards', 'ready_amount', 'Готовое начисление поставщика', 'cards_data.account', 'account_id',
    '{account_id,service_id}', 'account_id bigint not null references cards_data.account, service_id bigint not null references cards_data.service',
    '{amount}', 'amount numeric(14,2)', '{amount}', 'account'
);
