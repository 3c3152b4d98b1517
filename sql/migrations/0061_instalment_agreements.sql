-- Payment by instalments (рассрочка; 354 пп. 72, 75, dossier § 4.3): agreements, and the movements of debt and interest they book. A charge stays
-- whole in its month; what is put off leaves the debt of that month and comes back in parts, each due with the bill of its own month.

create table billing_data.instalment (
    operation uuid primary key references admin_data.operation,
    unit_id bigint not null,
    scope int not null,
    account_id bigint not null references cards_data.account,
    service_id bigint not null references cards_data.service,
    contract_id bigint not null references cards_data.contract,
    month date not null,               -- the month whose charge is paid in parts
    amount numeric(14,2) not null constraint instalment_amount check (amount > 0),
    parts smallint not null constraint instalment_parts check (parts > 1),
    percent numeric(7,4) not null constraint instalment_percent check (percent >= 0), -- interest a year
    agreed_on date not null,           -- the day whose key rate bounds the interest
    document text not null
);
create index instalment_account on billing_data.instalment (account_id);
create index instalment_unit on billing_data.instalment (unit_id);
comment on table billing_data.instalment is 'Рассрочка платы';
comment on constraint instalment_amount on billing_data.instalment is 'сумма рассрочки — больше нуля';
comment on constraint instalment_parts on billing_data.instalment is 'частей рассрочки — больше одной';
comment on constraint instalment_percent on billing_data.instalment is 'проценты за рассрочку не меньше нуля';

-- Movements of an agreement stand with the corrections: append-only, in every balance. Interest is a part of its own: it is no principal, so
-- that no penalty is counted on it.
alter table billing_data.correction drop constraint correction_kind_check;
alter table billing_data.correction add constraint correction_kind_check check (kind in ('opening', 'manual', 'instalment', 'interest'));
alter table billing_data.correction drop constraint correction_part_check;
alter table billing_data.correction add constraint correction_part_check check (part in ('debt', 'penalty', 'interest'));
alter table finance_data.payment_split drop constraint payment_split_part_check;
alter table finance_data.payment_split add constraint payment_split_part_check check (part in ('debt', 'penalty', 'interest'));
comment on constraint correction_part_check on billing_data.correction is 'часть — основной долг, пени или проценты за рассрочку';
comment on constraint payment_split_part_check on finance_data.payment_split is 'часть — основной долг, пени или проценты за рассрочку';
create index correction_operation on billing_data.correction (operation);

insert into cards_data.parameter (code, title) values
    ('instalment_months', 'Рассрочка платы: на столько месяцев'),
    ('instalment_rate_margin', 'Рассрочка платы: проценты не выше ключевой ставки больше чем на, п. п.');
insert into cards_data.parameter_value (parameter_id, valid_from, value, citation, asserted, origin)
select p.id, date '2011-09-01', v.value, 'ПП РФ 06.05.2011 № 354, пп. 72, 75', o.known, o.id
from (values ('instalment_months', 12), ('instalment_rate_margin', 3)) v (code, value)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';

insert into admin_data.menu_item (code, title_key, title, module, section, sort, roles) values
    ('456', 'menu-instalments', 'Кому предложить рассрочку', 'billing', 'month', 77, '{kvartal_accountant,kvartal_centre}');
