-- Payments and the sheet of transfers.

create view finance.payments as
select id as payment_id, account_id, paid_on, cash_day, amount, source, reverses, operation from finance_data.payment;
comment on view finance.payments is 'time: none. Payments';

create view finance.payment_parts as
select s.payment_id, s.account_id, s.month, s.service_id, v.code as service, s.contract_id, s.part, s.cash_day, s.amount
from finance_data.payment_split s join cards_data.service v on v.id = s.service_id;
comment on view finance.payment_parts is 'time: none. How payments were divided';

-- The sheet of transfers of an operational day: payee, takings, two fees, to transfer, bank details.
create view finance.transfers as
select
    t.cash_day, o.id as organisation_id, o.code, o.name, t.takings, coalesce(f.agent, 0) as fee_agent, coalesce(f.centre, 0) as fee_centre,
    t.takings - coalesce(f.agent, 0) - coalesce(f.centre, 0) as to_transfer,
    o.tin, b.bic, b.account, b.bank_name
from (
    select s.cash_day, c.provider_id, sum(s.amount) as takings
    from finance_data.payment_split s join cards_data.contract c on c.id = s.contract_id
    where s.contract_id <> 0
    group by s.cash_day, c.provider_id
) t
join cards_data.organisation o on o.id = t.provider_id
left join (
    select cash_day, provider_id,
        sum(amount) filter (where fee = 'agent') as agent, sum(amount) filter (where fee = 'centre') as centre
    from finance_data.payment_fee group by cash_day, provider_id
) f on f.cash_day = t.cash_day and f.provider_id = t.provider_id
left join cards_data.settlement_account b on b.organisation_id = o.id and b.retracted is null and not b.void
    and b.valid_from <= t.cash_day and b.valid_to > t.cash_day;
comment on view finance.transfers is 'time: none. Sheet of transfers to payees by operational day';
