-- The journal of operations, the registry of facts, rights to see: what every module stands on.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create schema admin_data;

-- Ids drawn here carry the node number in the high bits (node × 2^48), so several servers never clash.
-- A restored copy or a promoted standby must be given a new node number (kvartal setup --node).
create sequence admin_data.id_seq as bigint start 281474976710657 minvalue 281474976710657;

-- The second time: one number an operation, drawn inside its transaction.
create sequence admin_data.known_seq as bigint;

create table admin_data.setting (
    name text primary key,
    value text not null
);
comment on table admin_data.setting is 'What the server knows of itself: node, schema version, least program version';

-- Who may see what: a scope is the pair of managing company and district; every row carries one.
create table admin_data.scope (
    id int primary key generated always as identity,
    company_id bigint,
    district_id bigint,
    unique nulls not distinct (company_id, district_id)
);

create table admin_data.operator (
    login name primary key,
    full_name text not null,
    job text not null,
    must_change_password boolean not null default true,
    active boolean not null default true
);

create table admin_data.operator_scope (
    login name not null references admin_data.operator,
    company_id bigint,  -- null: every company
    district_id bigint, -- null: every district
    unique nulls not distinct (login, company_id, district_id)
);

-- Kinds of operation. Rows come from sql/api/*/operations.sql at every migration.
create table admin_data.operation_kind (
    name text primary key,
    title text not null,
    handler text,                                 -- function(jsonb) returns jsonb; null: the generic fact handler
    fact text,                                    -- the fact kind the generic handler asserts
    undo text not null check (undo in ('facts', 'reversal', 'never')),
    undo_reason text check (undo <> 'never' or undo_reason is not null),
    ground text not null default 'may' check (ground in ('must', 'may', 'none')),
    exclusive boolean not null default false      -- waits until no other operation is under way (release, seal)
);

create table admin_data.operation_grant (
    kind text not null references admin_data.operation_kind on delete cascade,
    role name not null,
    primary key (kind, role)
);

create table admin_data.operation (
    id uuid primary key,
    known bigint not null unique,
    kind text not null references admin_data.operation_kind,
    operator name not null,
    subject text,
    ground text,
    digest bytea not null,
    tx xid8 not null default pg_current_xact_id(),
    at timestamptz not null default clock_timestamp()
);
comment on table admin_data.operation is 'Every change by anybody; append-only, narrow, unpartitioned';
create index operation_at on admin_data.operation (at);

create table admin_data.operation_args (
    operation uuid primary key references admin_data.operation,
    args jsonb not null,
    result jsonb
);

create table admin_data.preview (
    id uuid primary key,
    operator name not null,
    kind text not null,
    args jsonb not null,
    ground text,
    digest bytea not null,
    state text not null default 'asked' check (state in ('asked', 'shown', 'refused')),
    versions jsonb,    -- unit id -> version the difference was computed from
    difference jsonb,
    refusal jsonb,
    asked_at timestamptz not null default clock_timestamp()
);

create table admin_data.job (
    id uuid primary key references admin_data.operation,
    number bigint not null unique generated always as identity,
    kind text not null,
    args jsonb not null,
    operator name not null,
    state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    done bigint not null default 0,
    total bigint,
    stage text,
    cancel_asked boolean not null default false,
    result jsonb,
    failure jsonb,
    created_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz
);
create index job_open on admin_data.job (number) where state in ('queued', 'running');

-- The registry of facts: what the generic machinery (assert, undo, due, readers) needs to know of each table.
create table admin_data.fact_kind (
    name text primary key,
    module text not null,
    title text not null,
    fact_table regclass not null,
    entity_table regclass not null, -- the table of the thing the fact is about; its unit_id and scope, if any, are copied into the fact
    entity_column name not null,
    key_columns name[] not null,    -- one timeline a key
    value_columns name[] not null,
    required_columns name[] not null,
    is_point boolean not null,      -- true on single days (readings)
    reach text not null check (reach in ('account', 'premises', 'meter', 'house', 'city', 'none'))
);
comment on column admin_data.fact_kind.reach is
    'Whose bills a change moves: one account, the accounts of the premises, of the meter, all of the house, the whole city, nobody''s';

-- Makes the table of one kind of fact: all have the same shape, constraints and indexes.
-- A row with void = true says "nothing is true on these days": so that every day has an origin and undo can put back.
create procedure admin_data.make_fact(
    p_module text, p_name text, p_title text, p_entity_table regclass, p_entity_column text,
    p_key_columns text[], p_key_definition text, p_value_columns text[], p_value_definition text,
    p_required text[], p_reach text, p_is_point boolean default false
)
language plpgsql
as $$
declare
    v_table text := format('%I.%I', p_module || '_data', p_name);
    v_key text := array_to_string(p_key_columns, ', ');
    v_placed boolean := exists (
        select from pg_attribute where attrelid = p_entity_table and attname = 'scope' and not attisdropped
    );
begin
    execute format(
        'create table %s (
            id bigint primary key default nextval(''admin_data.id_seq''),
            %s%s,
            valid_from date not null,
            valid_to date not null default ''infinity'',
            void boolean not null default false,
            %s,
            asserted bigint not null,
            retracted bigint,
            origin uuid not null references admin_data.operation,
            constraint %I check (valid_from < valid_to),
            constraint %I check (retracted >= asserted)%s
        )',
        v_table,
        case when v_placed then 'unit_id bigint not null, scope int not null, ' else '' end,
        p_key_definition, p_value_definition,
        p_name || '_days', p_name || '_marks',
        case when cardinality(p_required) = 0 then ''
             else format(', constraint %I check (void or num_nulls(%s) = 0)', p_name || '_complete', array_to_string(p_required, ', ')) end
    );
    if p_is_point then
        execute format('create unique index %I on %s (%s, valid_from) where retracted is null', p_name || '_point', v_table, v_key);
    else
        execute format(
            'alter table %s add constraint %I exclude using gist (%s, daterange(valid_from, valid_to) with &&) where (retracted is null)',
            v_table, p_name || '_no_overlap',
            (select string_agg(format('%I with =', k), ', ') from unnest(p_key_columns) k)
        );
    end if;
    execute format('create index %I on %s (%s) where retracted is null', p_name || '_live', v_table, v_key);
    execute format('create index %I on %s (%s) where retracted is not null', p_name || '_past', v_table, v_key);
    execute format('create index %I on %s (origin)', p_name || '_origin', v_table);
    if v_placed then
        execute format('create index %I on %s (unit_id)', p_name || '_unit', v_table);
    end if;
    insert into admin_data.fact_kind
    values (p_name, p_module, p_title, v_table::regclass, p_entity_table, p_entity_column, p_key_columns, p_value_columns, p_required, p_is_point, p_reach);
end $$;
