-- What the desk shows of the service side, for reading by key.

create view admin.recent with (security_barrier) as
select r.kind, r.object_id, r.title, r.opened_at from admin_data.recent r where r.login = admin.operator();
call admin.describe('admin.recent', 'time: none. Недавно открытые карточки', '{
    "kind": "Что это: счёт, дом, человек, прибор", "object_id": "Номер в базе", "title": "Название", "opened_at": "Когда открывали"}');

-- Sessions of workstations: one's own, and for administrators everybody's; what was typed in them is shown to nobody here.
create view admin.session_list with (security_barrier) as
select s.id, s.login::text as operator, p.full_name, s.terminal, s.host, s.version, s.started_at, s.last_key_at, s.screen, s.ended_at is not null as ended,
    s.resume is not null and not coalesce((s.resume->>'left')::boolean, false) as kept, current_setting('application_name') = 'kvartal ' || s.id as here,
    -- The title may name a person: it is the operator's own.
    case when s.login = admin.operator() then coalesce(nullif(s.resume->>'title', ''), s.screen) end as title
from admin_data.session s join admin_data.operator p on p.login = s.login
where s.login = admin.operator() or pg_has_role(admin.operator(), 'kvartal_admin', 'member');
call admin.describe('admin.session_list', 'time: none. Рабочие места', '{
    "id": "Номер сеанса", "terminal": "Терминал", "host": "Откуда вошли", "version": "Версия программы", "started_at": "Начат",
    "last_key_at": "Последняя клавиша", "screen": "Код экрана", "ended": "Закончен",
    "kept": "Есть что продолжить", "here": "Это рабочее место", "title": "Экран и то, что на нём; только своих сеансов"}');

create view admin.operator_list as
select o.login::text as operator, o.full_name, o.job, o.active from admin_data.operator o;
call admin.describe('admin.operator_list', 'time: none. Операторы', '{"job": "Должность", "active": "Работает"}');

-- Documents of the archive that the operator may read; what they say is given by admin.document_read and admin.document_open.
create view admin.document_head with (security_barrier) as
select d.id, d.place, d.number, d.kind, k.title as kind_title, d.title, d.subject_kind, d.subject_id, d.person_id,
    admin.document_subject(d.subject_kind, d.subject_id) as subject, d.as_of, d.operation, d.operator::text as operator, p.full_name, d.created_at,
    f.size::bigint as size, encode(f.digest, 'hex') as digest, f.template,
    exists (select from admin_data.document_file t where t.document_id = d.id and t.media = 'text/plain') as has_text, k.is_personal
from admin_data.document d
join admin_data.document_kind k on k.name = d.kind
left join admin_data.operator p on p.login = d.operator
left join admin_data.document_file f on f.document_id = d.id and f.media = 'application/pdf'
where admin.reads_documents(k.roles);
call admin.describe('admin.document_head', 'time: none. Документ архива', '{
    "place": "По порядку", "number": "Номер документа", "kind_title": "Вид документа", "subject_kind": "О чём: счёт, помещение, дом, весь город",
    "subject_id": "О ком или о чём, номер в базе", "subject": "О чём документ", "as_of": "На какой день сведения", "operation": "Операция, которой составлен",
    "created_at": "Когда составлен", "size": "Размер файла, байт", "digest": "Отпечаток файла (SHA-256)", "template": "Шаблон",
    "has_text": "Есть текст для матричного принтера", "is_personal": "Чтение записывается"}');

create view admin.document_kind_list as
select k.name as kind, k.title, k.series, k.is_personal from admin_data.document_kind k where admin.reads_documents(k.roles);
call admin.describe('admin.document_kind_list', 'time: none. Виды документов', '{"series": "Серия номеров", "is_personal": "Чтение записывается"}');

create view admin.document_readings with (security_barrier) as
select r.id, r.document_id, r.operator::text as operator, o.full_name, r.purpose, r.at
from admin_data.document_reading r
join admin_data.document d on d.id = r.document_id
left join admin_data.operator o on o.login = r.operator
where r.operator = admin.operator() or pg_has_role(admin.operator(), 'kvartal_admin', 'member');
call admin.describe('admin.document_readings', 'time: none. Кто и когда читал документы', '{
    "document_id": "Документ", "purpose": "Зачем: посмотрел, взял файл, напечатал", "at": "Когда прочитано", "full_name": "Кто прочитал"}');

-- Printers, what is printed where, and what became of it: one's own, and everybody's for whoever runs the centre or the program.
create view admin.printer_list as
select p.name as printer, p.way, p.target, p.prints, p.columns, p.charset, p.is_active from admin_data.printer p;
call admin.describe('admin.printer_list', 'time: none. Принтеры', '{
    "printer": "Название принтера", "way": "Как печатают", "target": "Очередь или папка", "prints": "Что печатает", "columns": "Знаков в строке текста",
    "charset": "Кодировка текста", "is_active": "Действует"}');

create view admin.printer_defaults as
select k.name as kind, k.title, p.name as printer
from admin_data.document_kind k
left join admin_data.printer_default d on d.kind = k.name and d.login = admin.operator()
left join admin_data.printer p on p.id = d.printer_id
where admin.reads_documents(k.roles);
call admin.describe('admin.printer_defaults', 'time: none. Где печатаются виды документов', '{"title": "Вид документа", "printer": "Название принтера"}');

create view admin.print_list with (security_barrier) as
select o.id as print_id, o.number, o.document_id as document, d.number as document_number, d.title, p.name as printer, p.way, o.copies::int as copies, o.as_copy,
    o.state, o.state in ('waiting', 'taken', 'failed') as is_open, case when o.state = 'failed' then 'bad' end as look, o.tries::int as tries,
    concat_ws('. ', o.reason, o.hint) as reason, o.reason as trouble, o.hint as advice, o.spooled, o.operator::text as operator, w.full_name, o.ordered_at, o.ended_at,
    o.state in ('waiting', 'failed') as can_cancel, 'Снимать нечего: это уже вышло, печатается или снято' as refusal
from admin_data.print_order o
join admin_data.document d on d.id = o.document_id
join admin_data.printer p on p.id = o.printer_id
left join admin_data.operator w on w.login = o.operator
where o.operator = admin.operator() or pg_has_role(admin.operator(), 'kvartal_centre', 'member') or pg_has_role(admin.operator(), 'kvartal_admin', 'member');
call admin.describe('admin.print_list', 'time: none. Печать документов', '{
    "print_id": "Номер печати в базе", "document": "Документ архива", "document_number": "Номер документа", "printer": "Название принтера", "way": "Как печатают", "copies": "Экземпляров",
    "as_copy": "С пометкой «копия»", "state": "Состояние", "is_open": "Ещё не вышло", "look": "Как показать", "tries": "Попыток", "reason": "Почему не вышло",
    "trouble": "Что помешало", "advice": "Что делать", "spooled": "Номер у службы печати или путь файла", "ordered_at": "Заказано", "ended_at": "Закончено",
    "can_cancel": "Можно снять", "refusal": "Почему снять нельзя"}');

-- A customer's own files as they stand now; whoever draws a screen or a paper reads them.
create view admin.custom_files as
select c.path, c.bytes as text, encode(c.digest, 'hex') as digest, c.operation, c.operator::text as operator, o.full_name, c.put_at
from (select distinct on (path) * from admin_data.custom_file order by path, place desc) c
left join admin_data.operator o on o.login = c.operator
where c.bytes is not null;
call admin.describe('admin.custom_files', 'time: none. Свои шаблоны и экраны', '{
    "path": "Какой файл программы заменён", "text": "Текст файла", "digest": "Отпечаток (SHA-256)", "operation": "Операция, которой положен", "put_at": "Когда положен"}');
