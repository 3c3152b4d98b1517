-- People for reading by key. Numbers of papers and phones are masked: whole ones are given by passport.card_open, which is journalled.

create view passport.resident_list as
select r.premises_id, r.person_id, concat_ws(' ', n.last_name, n.first_name, n.middle_name) as full_name, p.sex, p.born_on,
    r.relation, r.is_temporary, r.valid_from as registered_on, nullif(r.valid_to, 'infinity') as removed_on,
    b.reason as absence, b.valid_from as absent_from, (nullif(b.valid_to, 'infinity') - 1)::date as absent_through,
    w.share, passport.masked(d.series || ' ' || d.number) as document, r.origin
from passport.residence r
join passport_data.person p on p.id = r.person_id
left join passport.person_name n on n.person_id = r.person_id
left join passport.temporary_absence b on b.person_id = r.person_id and b.premises_id = r.premises_id
left join passport.identity_document d on d.person_id = r.person_id and d.kind = 'passport'
left join lateral (
    select string_agg(e.share_numerator || '/' || e.share_denominator, ', ' order by e.owner_no) as share
    from passport.ownership e where e.premises_id = r.premises_id and e.person_id = r.person_id
) w on true;
call admin.describe('passport.resident_list', 'time: both. Жильцы помещения', '{
    "full_name": "Фамилия, имя, отчество", "sex": "Пол", "born_on": "Дата рождения", "relation": "Кем приходится", "is_temporary": "Временная регистрация",
    "registered_on": "Зарегистрирован с", "removed_on": "Снят с учёта с", "absence": "Почему временно отсутствует", "absent_from": "Отсутствует с",
    "absent_through": "Отсутствует по", "share": "Доля в праве собственности", "document": "Паспорт; целиком — в карточке"}');

-- A person is seen where they live, own or pay within the operator's houses; persons themselves have no scope.
create view passport.person_head as
select p.id as person_id, concat_ws(' ', n.last_name, n.first_name, n.middle_name) as full_name, n.last_name, n.first_name, n.middle_name, p.sex, p.born_on,
    passport.masked(d.series || ' ' || d.number) as document, d.issued_on as document_issued_on,
    (select string_agg(passport.masked(f.number), ', ' order by f.phone_no) from passport.phone f where f.person_id = p.id) as phones,
    h.premises_id, a.address, h.is_temporary, h.valid_from as registered_on, nullif(h.valid_to, 'infinity') as removed_on
from passport_data.person p
left join passport.person_name n on n.person_id = p.id
left join passport.identity_document d on d.person_id = p.id and d.kind = 'passport'
left join lateral (
    select r.premises_id, r.is_temporary, r.valid_from, r.valid_to from passport.residence r
    where r.person_id = p.id order by r.is_temporary, r.valid_from desc, r.premises_id limit 1
) h on true
left join cards.premises_address a on a.premises_id = h.premises_id
where passport.may_see(p.id);
call admin.describe('passport.person_head', 'time: both. Человек', '{
    "last_name": "Фамилия", "first_name": "Имя", "middle_name": "Отчество", "sex": "Пол", "born_on": "Дата рождения", "document": "Паспорт; целиком — в карточке",
    "document_issued_on": "Когда выдан паспорт", "phones": "Телефоны; целиком — в карточке", "address": "Где зарегистрирован", "is_temporary": "Временная регистрация",
    "registered_on": "Зарегистрирован с", "removed_on": "Снят с учёта с"}');

-- Where a person lived, lives or will live, owns or pays, as known at the mark of the date line.
create view passport.person_places as
select r.person_id, r.premises_id, null::bigint as account_id, case when r.is_temporary then 'stay' else 'residence' end as kind, a.address, r.relation,
    r.valid_from, (nullif(r.valid_to, 'infinity') - 1)::date as through, null::text as share
from passport_data.residence r join cards.premises_address a on a.premises_id = r.premises_id
where not r.void and r.asserted <= (select admin.known_at()) and (r.retracted is null or r.retracted > (select admin.known_at()))
union all
select o.person_id, o.premises_id, null, 'owner', a.address, null, o.valid_from, (nullif(o.valid_to, 'infinity') - 1)::date, o.share_numerator || '/' || o.share_denominator
from passport_data.ownership o join cards.premises_address a on a.premises_id = o.premises_id
where not o.void and o.asserted <= (select admin.known_at()) and (o.retracted is null or o.retracted > (select admin.known_at()))
union all
select h.person_id, c.premises_id, h.account_id, 'payer', a.address, null, h.valid_from, (nullif(h.valid_to, 'infinity') - 1)::date, null
from cards_data.account_holder h join cards_data.account c on c.id = h.account_id join cards.premises_address a on a.premises_id = c.premises_id
where not h.void and h.asserted <= (select admin.known_at()) and (h.retracted is null or h.retracted > (select admin.known_at()));
call admin.describe('passport.person_places', 'time: both. Где человек живёт, чем владеет, за что платит', '{
    "kind": "Живёт, живёт временно, владеет или платит", "relation": "Кем приходится", "share": "Доля в праве собственности"}');

create view passport.card_readings with (security_barrier) as
select c.id, c.person_id, c.operator::text as operator, o.full_name, c.at
from passport_data.card_reading c left join admin_data.operator o on o.login = c.operator
where c.operator = admin.operator() or pg_has_role(admin.operator(), 'kvartal_admin', 'member');
call admin.describe('passport.card_readings', 'time: none. Кто и когда читал карточки людей', '{"at": "Когда прочитано", "full_name": "Кто прочитал"}');

-- The journal of issued papers: whose houses the operator sees.
create view passport.paper_list with (security_barrier) as
select d.id as document, d.number, d.created_at as at, d.kind, d.title, d.subject_id as premises_id, d.person_id,
    concat_ws(' ', n.last_name, n.first_name, n.middle_name) as full_name, a.address, d.as_of, w.purpose,
    d.operator::text as operator, o.full_name as clerk,
    exists (select from admin_data.document_file f where f.document_id = d.id and f.media = 'application/pdf') as is_made
from passport_data.paper w
join admin_data.document d on d.id = w.id
join admin_data.document_kind k on k.name = d.kind and admin.reads_documents(k.roles)
join cards.premises_address a on a.premises_id = d.subject_id
left join passport.person_name n on n.person_id = d.person_id
left join admin_data.operator o on o.login = d.operator;
call admin.describe('passport.paper_list', 'time: none. Журнал выданных справок', '{
    "document": "Документ архива", "as_of": "На какой день верна", "purpose": "Для чего выдана", "clerk": "Кто выдал", "is_made": "Файл составлен", "title": "Что выдано"}');

-- The kinds, for a list to choose from.
create view passport.paper_kinds as
select k.code as kind, k.title, k.is_of_person, coalesce(t.is_issued, true) as is_issued, coalesce(t.valid_days, k.valid_days) as valid_days
from passport_data.paper_kind k left join passport.paper_terms t on t.paper_kind_id = k.id;
call admin.describe('passport.paper_kinds', 'time: both. Виды справок', '{
    "is_of_person": "О человеке, а не о помещении", "is_issued": "Выдаётся", "valid_days": "Сколько дней действительна"}');

create view passport.paper_terms_list as
select k.id as paper_kind_id, k.title, coalesce(t.is_issued, true) as is_issued, coalesce(t.valid_days, k.valid_days) as valid_days, t.valid_from as since
from passport_data.paper_kind k left join passport.paper_terms t on t.paper_kind_id = k.id;
call admin.describe('passport.paper_terms_list', 'time: both. Порядок выдачи справок', '{
    "paper_kind_id": "Вид справки: номер в базе", "title": "Справка", "is_issued": "Выдаётся", "valid_days": "Сколько дней действительна", "since": "С какого дня"}');

create view passport.owner_list as
select o.premises_id, o.owner_no, o.person_id, o.organisation_id,
    coalesce(nullif(concat_ws(' ', n.last_name, n.first_name, n.middle_name), ''), g.name) as owner,
    case when o.person_id is null then 'organisation' else 'person' end as kind,
    o.share_numerator, o.share_denominator, o.share_numerator || '/' || o.share_denominator as share,
    o.valid_from, (nullif(o.valid_to, 'infinity') - 1)::date as through, o.origin as operation
from passport.ownership o
left join passport.person_name n on n.person_id = o.person_id
left join cards_data.organisation g on g.id = o.organisation_id;
call admin.describe('passport.owner_list', 'time: both. Собственники помещения', '{
    "owner": "Собственник", "kind": "Человек или организация", "share_numerator": "Доля, числитель", "share_denominator": "Доля, знаменатель",
    "share": "Доля в праве собственности"}');

-- Who lives in a house or owns in it: to choose an owner or payer from.
create view passport.house_people as
select p.house_id, l.person_id, concat_ws(' ', n.last_name, n.first_name, n.middle_name) as full_name, d.born_on,
    string_agg(distinct case when f.id is null then p.number else f.number || '/' || p.number end, ', ') as premises
from (
    select premises_id, person_id from passport.residence
    union
    select premises_id, person_id from passport.ownership where person_id is not null
) l
join cards_data.premises p on p.id = l.premises_id
left join cards_data.premises f on f.id = p.parent_id
join passport_data.person d on d.id = l.person_id
join passport.person_name n on n.person_id = l.person_id
group by p.house_id, l.person_id, n.last_name, n.first_name, n.middle_name, d.born_on;
call admin.describe('passport.house_people', 'time: both. Люди дома', '{"born_on": "Дата рождения", "premises": "Где живёт или чем владеет"}');
