-- Persons, where they live, what they own, who the bill is addressed to.

create schema passport_data;

create table passport_data.person (
    id bigint primary key default nextval('admin_data.id_seq'),
    sex text check (sex in ('male', 'female')), -- null where an old program did not tell
    born_on date,
    origin uuid not null references admin_data.operation
);

call admin_data.make_fact(
    'passport', 'person_name', 'Фамилия, имя, отчество', 'passport_data.person', 'person_id',
    '{person_id}', 'person_id bigint not null references passport_data.person',
    '{last_name,first_name,middle_name}', 'last_name text, first_name text, middle_name text',
    '{last_name,first_name}', 'none'
);

call admin_data.make_fact(
    'passport', 'residence', 'Проживание', 'cards_data.premises', 'premises_id',
    '{person_id,premises_id}', 'premises_id bigint not null references cards_data.premises, person_id bigint not null references passport_data.person',
    '{is_temporary,relation}', 'is_temporary boolean, relation text',
    '{is_temporary}', 'premises'
);
create index residence_premises on passport_data.residence (premises_id) where retracted is null;

call admin_data.make_fact(
    'passport', 'temporary_absence', 'Временное отсутствие', 'cards_data.premises', 'premises_id',
    '{person_id,premises_id}', 'premises_id bigint not null references cards_data.premises, person_id bigint not null references passport_data.person',
    '{reason}', 'reason text', '{reason}', 'premises'
);

-- An owner is a person or an organisation; shares are checked to sum to one by the card, not by the table: half-entered cards exist.
call admin_data.make_fact(
    'passport', 'ownership', 'Собственность', 'cards_data.premises', 'premises_id',
    '{premises_id,owner_no}', 'premises_id bigint not null references cards_data.premises, owner_no smallint not null',
    '{person_id,organisation_id,share_numerator,share_denominator}',
    'person_id bigint references passport_data.person, organisation_id bigint references cards_data.organisation, share_numerator int, share_denominator int, constraint ownership_share check (void or (num_nonnulls(person_id, organisation_id) = 1 and share_numerator between 1 and share_denominator))',
    '{share_numerator,share_denominator}', 'premises'
);

call admin_data.make_fact(
    'cards', 'account_holder', 'Плательщик', 'cards_data.account', 'account_id',
    '{account_id}', 'account_id bigint not null references cards_data.account',
    '{person_id,organisation_id}',
    'person_id bigint references passport_data.person, organisation_id bigint references cards_data.organisation, constraint account_holder_one check (void or num_nonnulls(person_id, organisation_id) = 1)',
    '{}', 'none'
);

-- One row an account for the one-line search; kept by cards.search_refresh, rebuilt by cards.search_rebuild.
create table cards_data.search_entry (
    account_id bigint primary key references cards_data.account,
    scope int not null,
    number text not null,
    surname text not null,
    holder text not null,
    street text not null,
    house text not null,
    premises text not null
);
create index search_number on cards_data.search_entry (number text_pattern_ops);
create index search_surname on cards_data.search_entry (surname text_pattern_ops);
create index search_address on cards_data.search_entry (street text_pattern_ops, house, premises);
create index search_surname_like on cards_data.search_entry using gin (surname gin_trgm_ops);
create index search_street_like on cards_data.search_entry using gin (street gin_trgm_ops);
