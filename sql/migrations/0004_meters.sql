-- Meters and their readings.

create schema meters_data;

create table meters_data.meter (
    id bigint primary key default nextval('admin_data.id_seq'),
    unit_id bigint not null references billing_data.unit,
    scope int not null references admin_data.scope,
    kind text not null check (kind in ('individual', 'flat', 'house', 'group')),
    house_id bigint not null references cards_data.house,
    premises_id bigint references cards_data.premises, -- null for house and group meters
    service_id bigint not null references cards_data.service,
    serial text not null,
    digits smallint not null default 5 check (digits between 1 and 12),
    registers smallint not null default 1 check (registers between 1 and 3),
    ratio numeric(10,3) not null default 1 check (ratio > 0),
    origin uuid not null references admin_data.operation,
    check ((premises_id is null) = (kind in ('house', 'group')))
);
create index meter_unit on meters_data.meter (unit_id);
create index meter_premises on meters_data.meter (premises_id) where premises_id is not null;
create index meter_serial on meters_data.meter (serial);

call admin_data.make_fact(
    'meters', 'meter_installed', 'Прибор установлен', 'meters_data.meter', 'meter_id',
    '{meter_id}', 'meter_id bigint not null references meters_data.meter',
    '{place}', 'place text', '{}', 'meter'
);

-- A reading is true on its one day. Source: who gave it (operator, route, payer, removal, initial).
call admin_data.make_fact(
    'meters', 'meter_reading', 'Показание', 'meters_data.meter', 'meter_id',
    '{meter_id,register}', 'meter_id bigint not null references meters_data.meter, register smallint not null default 1',
    '{value,rolled_over,source}', 'value numeric(15,5) check (value >= 0), rolled_over boolean, source text',
    '{value,rolled_over,source}', 'meter', true
);
create index meter_reading_unit_day on meters_data.meter_reading (unit_id, valid_from);
drop index meters_data.meter_reading_unit;
