-- What-if, as its owner reads it.

create view analytics.what_if_list with (security_barrier) as
select
    j.id, j.number, analytics.changes_told(j.args->'changes') as title, j.state, j.stage, j.done, j.total, w.accounts, w.moved, w.before, w.after,
    w.after - w.before as change, w.unseen, w.unseen_change, j.created_at, j.failure->>'message' as failure
from admin_data.job j
left join analytics_data.what_if w on w.id = j.id
where j.kind = 'analytics.what_if' and j.operator = admin.operator();
call admin.describe('analytics.what_if_list', 'time: none. Пробы изменений', '{
    "number": "Номер задания", "title": "Что пробовали", "stage": "Что делает обработчик", "done": "Готово домов", "total": "Всего домов",
    "accounts": "Счетов", "moved": "У скольких счетов изменится сумма", "before": "Начислено сейчас, ₽", "after": "Начислялось бы, ₽",
    "change": "Разница, ₽", "unseen": "Счетов вне вашего участка", "unseen_change": "Разница на них, ₽", "created_at": "Когда заказано",
    "failure": "Почему не вышло"}');

create view analytics.what_if_part with (security_barrier) as
select p.what_if_id, p.kind, p.part_id, coalesce(s.name, o.name) as title, p.accounts, p.before, p.after, p.after - p.before as change
from analytics_data.what_if_part p
join analytics_data.what_if w on w.id = p.what_if_id and w.login = admin.operator()
left join cards_data.service s on p.kind = 'service' and s.id = p.part_id
left join cards_data.organisation o on p.kind = 'provider' and o.id = p.part_id;
call admin.describe('analytics.what_if_part', 'time: none. Проба по услугам и поставщикам', '{
    "what_if_id": "Проба", "part_id": "Номер услуги или поставщика в базе", "title": "Услуга или поставщик", "accounts": "Счетов с изменением",
    "before": "Начислено сейчас, ₽", "after": "Начислялось бы, ₽", "change": "Разница, ₽"}');

create view analytics.what_if_house with (security_barrier) as
select h.what_if_id, h.house_id, a.address_short as address, h.accounts, h.before, h.after, h.after - h.before as change
from analytics_data.what_if_house h
join analytics_data.what_if w on w.id = h.what_if_id and w.login = admin.operator()
join cards.house_address a on a.house_id = h.house_id;
call admin.describe('analytics.what_if_house', 'time: none. Проба по домам', '{
    "what_if_id": "Проба", "accounts": "Счетов с изменением", "before": "Начислено сейчас, ₽", "after": "Начислялось бы, ₽", "change": "Разница, ₽"}');

create view analytics.what_if_decile with (security_barrier) as
select d.what_if_id, d.decile, d.accounts, d.least, d.most, round(d.change / d.accounts, 2) as average, d.change
from analytics_data.what_if_decile d
join analytics_data.what_if w on w.id = d.what_if_id and w.login = admin.operator();
call admin.describe('analytics.what_if_decile', 'time: none. Проба: счета по величине изменения, десять равных групп', '{
    "what_if_id": "Проба", "decile": "Группа: 1 — меньше всех прибавится, 10 — больше всех", "accounts": "Счетов", "least": "Наименьшее изменение, ₽",
    "most": "Наибольшее изменение, ₽", "average": "В среднем, ₽", "change": "Всего, ₽"}');

create view analytics.what_if_bill with (security_barrier) as
select b.what_if_id, b.place, b.account_id, a.number as account, d.address_short as address, b.before, b.after, b.after - b.before as change
from analytics_data.what_if_bill b
join analytics_data.what_if w on w.id = b.what_if_id and w.login = admin.operator()
join cards_data.account a on a.id = b.account_id
join cards.premises_address d on d.premises_id = a.premises_id;
call admin.describe('analytics.what_if_bill', 'time: none. Проба: самые заметные изменения', '{
    "what_if_id": "Проба", "place": "По порядку", "account": "Лицевой счёт", "before": "Начислено сейчас, ₽", "after": "Начислялось бы, ₽", "change": "Разница, ₽"}');
