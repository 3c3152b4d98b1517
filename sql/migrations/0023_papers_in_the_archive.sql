-- Papers of the passport desk are documents of the archive: number, bytes and readers are kept in one place. Of a paper stays what is its own.

-- Whose particulars a document tells of: reading it is reading the cards of all of them.
alter table admin_data.document add column people bigint[];

insert into admin_data.document_kind (name, title, series, is_personal, roles)
select 'passport.' || k.code, k.title, k.series, true, '{kvartal_passport,kvartal_centre}' from passport_data.paper_kind k
on conflict (name) do nothing;

-- Numbers go on where they stood.
insert into admin_data.document_series (series, year, last)
select s.series, s.year, s.last from passport_data.paper_series s
on conflict (series, year) do update set last = greatest(admin_data.document_series.last, excluded.last);

insert into admin_data.document (
    id, kind, series, year, series_no, number, title, subject_kind, subject_id, scope, person_id, people, as_of, known, content, operation,
    operator, created_at
)
select p.id, 'passport.' || k.code, k.series, split_part(p.number, '/', 2)::smallint,
    substring(split_part(p.number, '/', 1) from '\d+$')::int, p.number, k.title, 'premises', p.premises_id, p.scope, p.person_id,
    array(select distinct (r.value->>'person_id')::bigint from jsonb_array_elements((p.content->'residents') || (p.content->'former')) r (value)),
    p.as_of, o.known, p.content, p.id, p.operator, p.issued_at
from passport_data.paper p
join passport_data.paper_kind k on k.id = p.kind_id
join admin_data.operation o on o.id = p.id
order by p.issued_at, p.id;

insert into admin_data.document_file (document_id, media, scope, template, template_digest, digest, size, bytes, kept_at)
select p.id, f.media, p.scope, k.template, p.template_digest, sha256(f.bytes), octet_length(f.bytes), f.bytes, p.issued_at
from passport_data.paper p
join passport_data.paper_kind k on k.id = p.kind_id
cross join lateral (values ('application/pdf', p.pdf), ('text/plain', convert_to(p.body, 'UTF8'))) f (media, bytes)
where f.bytes is not null;

-- The API that reads these columns is made anew behind this.
alter table passport_data.paper
    drop column number cascade, drop column unit_id cascade, drop column premises_id cascade, drop column person_id cascade,
    drop column as_of cascade, drop column issued_at cascade, drop column operator cascade, drop column content cascade,
    drop column template_digest cascade, drop column digest cascade, drop column pdf cascade, drop column body cascade,
    drop constraint paper_id_fkey, add foreign key (id) references admin_data.document;
alter table passport_data.paper_kind drop column series cascade;
drop table passport_data.paper_series cascade;
