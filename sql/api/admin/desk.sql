-- What the desk shows of the service side, for reading by key.

create view admin.recent with (security_barrier) as
select r.kind, r.object_id, r.title, r.opened_at from admin_data.recent r where r.login = admin.operator();
call admin.describe('admin.recent', 'time: none. Недавно открытые карточки', '{
    "kind": "Что это: счёт, дом, человек, прибор", "object_id": "Номер в базе", "title": "Название", "opened_at": "Когда открывали"}');

-- Sessions of workstations: one's own, and for administrators everybody's; what was typed in them is shown to nobody here.
create view admin.session_list with (security_barrier) as
select s.id, s.login::text as operator, p.full_name, s.terminal, s.host, s.version, s.started_at, s.last_key_at, s.screen, s.ended_at is not null as ended,
    s.resume is not null as kept, current_setting('application_name') = 'kvartal ' || s.id as here
from admin_data.session s join admin_data.operator p on p.login = s.login
where s.login = admin.operator() or pg_has_role(admin.operator(), 'kvartal_admin', 'member');
call admin.describe('admin.session_list', 'time: none. Рабочие места', '{
    "id": "Номер сеанса", "terminal": "Терминал", "host": "Откуда вошли", "version": "Версия программы", "started_at": "Начат",
    "last_key_at": "Последняя клавиша", "screen": "Код экрана", "ended": "Закончен",
    "kept": "Есть что продолжить", "here": "Это рабочее место"}');

create view admin.operator_list as
select o.login::text as operator, o.full_name, o.job, o.active from admin_data.operator o;
call admin.describe('admin.operator_list', 'time: none. Операторы', '{"job": "Должность", "active": "Работает"}');
