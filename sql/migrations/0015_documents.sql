-- The archive: every document made is a row with a number and the files it is, written once. What is delivered is taken from here.

-- Kinds of documents. Rows come from sql/api/*/operations.sql at every migration.
create table admin_data.document_kind (
    name text primary key,      -- module.noun
    title text not null,
    series text not null,       -- begins its numbers; kinds of one series share them
    is_personal boolean not null, -- reading one is written down
    roles name[] not null       -- who may read them
);

-- Numbers run on by series and year. The row is locked by whoever draws one until the document is there: none is missing.
create table admin_data.document_series (
    series text not null,
    year smallint not null,
    last int not null,
    primary key (series, year)
);

create table admin_data.document (
    id uuid primary key,
    place bigint not null unique generated always as identity, -- the order of the list
    kind text not null references admin_data.document_kind,
    series text not null,
    year smallint not null,
    series_no int not null,
    number text not null unique,
    title text not null,
    subject_kind text not null, -- account, premises, house; town: of all
    subject_id bigint not null,
    scope int not null references admin_data.scope,
    person_id bigint references passport_data.person (id), -- whom it is about, besides
    as_of date not null,
    known bigint not null,      -- the mark of the operation: what was known then is what it says
    content jsonb,              -- what it says, where it is kept beside the file
    operation uuid not null references admin_data.operation,
    operator name not null,
    created_at timestamptz not null default clock_timestamp(),
    unique (series, year, series_no)
);
create index document_subject on admin_data.document (subject_kind, subject_id, place);
create index document_person on admin_data.document (person_id, place) where person_id is not null;
create index document_operation on admin_data.document (operation);
create index document_of_kind on admin_data.document (kind, place);
create index document_created on admin_data.document (created_at);

-- The files of a document: the printed pages, the same for matrix printers. A bundle of a house is a few megabytes: a column holds
-- it, and unlike large objects it obeys row-level security and is replicated. Not compressed again, so that a part is read alone.
create table admin_data.document_file (
    document_id uuid not null references admin_data.document,
    media text not null check (media in ('application/pdf', 'text/plain')),
    scope int not null references admin_data.scope,
    template text,              -- file below reports/; null: made without one
    template_digest bytea,
    digest bytea not null,      -- sha256 of the bytes
    size int not null,
    bytes bytea not null,
    kept_at timestamptz not null default clock_timestamp(),
    primary key (document_id, media)
);
alter table admin_data.document_file alter column bytes set storage external;

create table admin_data.document_reading (
    id bigint primary key generated always as identity,
    document_id uuid not null references admin_data.document,
    operator name not null,
    purpose text not null check (purpose in ('view', 'get', 'print')),
    at timestamptz not null default clock_timestamp()
);
create index document_reading_document on admin_data.document_reading (document_id, id);

comment on table admin_data.document is 'документ';
comment on table admin_data.document_kind is 'вид документа';
