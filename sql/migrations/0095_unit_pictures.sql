-- What a month of a unit is calculated from, packed into one value: valid for this version of the unit, this month and this form of
-- the program's facts, and for nothing else. Drawn by the worker when nobody asks it anything; may be emptied at any time.
create table billing_data.unit_picture (
    unit_id bigint primary key references billing_data.unit,
    version bigint not null,
    month date not null,
    form bigint not null,
    facts bytea not null
);
-- It is packed already: the server's own compression would only cost time.
alter table billing_data.unit_picture alter column facts set storage external;
