-- A payment beyond any balance is a slip of typing until somebody has looked: what a file may bring without being doubted is a dated parameter.
insert into cards_data.parameter (code, title) values
    ('payment_doubt_least', 'Приём платежей: сумма, до которой платёж из файла не бывает сомнительным, ₽'),
    ('payment_doubt_months', 'Приём платежей: за сколько месяцев вперёд платят, не вызывая сомнений');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2000-01-01', v.value, 'Порядок расчётного центра: проверка реестров платежей', o.known, o.id
from (values ('payment_doubt_least', 20000), ('payment_doubt_months', 12)) v (code, value)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';
