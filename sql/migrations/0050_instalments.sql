-- Growth of a charge beyond which payment by instalments is offered (354 п. 72) is a dated parameter.
insert into cards_data.parameter (code, title) values
    ('instalment_growth_percent', 'Рассрочка предлагается, если плата выросла к тому же месяцу прошлого года больше чем на, %');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2011-09-01', 25, 'ПП РФ 06.05.2011 № 354, пп. 72, 75', o.known, o.id
from cards_data.parameter p
cross join admin_data.operation o
where p.code = 'instalment_growth_percent' and o.id = '00000000-0000-4000-8000-000000000000';
