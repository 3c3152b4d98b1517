-- Months and amounts for reading by key.

create view billing.months as
select month, state, due_date, released_by, sealed_by, sealed_sum, sealed_lines, sealed_hash from billing_data.month;
comment on view billing.months is 'time: none. Months and their states';

-- Charge and recalculation lines of each month's own run.
create view billing.lines as
select
    m.month, m.state, l.account_id, l.service_id, s.code as service, s.name as service_name, s.unit, s.sort,
    l.contract_id, l.component, l.source_month, l.cause, l.basis, l.volume, l.rate, l.amount
from billing_data.month m
join billing_data.line l on l.run = m.run
join cards_data.service s on s.id = l.service_id;
comment on view billing.lines is 'time: none. Lines of the months';

create view billing.exceptions as
select m.month, e.account_id, a.number, e.service_id, e.code, e.sentence
from billing_data.month m
join billing_data.exception e on e.run = m.run
join cards_data.account a on a.id = e.account_id;
comment on view billing.exceptions is 'time: none. Control list of a month';
