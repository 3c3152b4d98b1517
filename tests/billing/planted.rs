//! Mass mistakes of a month that no order of today makes: they are planted into the books of the charged April of the village, as a fault of
//! a program or of an import would leave them, and each must be stopped for its own reason. Mistakes of facts are in `planted_facts`.

/// The run of April, for `{run}`.
pub const RUN: &str = "(select run from billing_data.month where month = '2026-04-01')";

/// A mass mistake, how it is made in the books of April, and the kind of finding that stops it.
pub const PLANTED: [(&str, &str, &str); 20] = [
    (
        "улица с нулями",
        "update billing_data.line l set amount = 0 from cards_data.account a where l.account_id = a.id and a.unit_id = 101 and run = {run}",
        "bill_zero",
    ),
    (
        "минус вместо плюса",
        "update billing_data.line set amount = -amount where run = {run} and service_id = 1",
        "charge_negative",
    ),
    (
        "общедомовое минус больше своего",
        "update billing_data.line set volume = -volume, amount = -amount - 1 where run = {run} and service_id = 5 and account_id = 41002",
        "charge_negative",
    ),
    (
        "услуга пропала во всём городе",
        "delete from billing_data.line where service_id = 1 and run = {run}",
        "service_missing",
    ),
    (
        "дом не начислен",
        "delete from billing_data.line l using cards_data.account a where l.account_id = a.id and a.unit_id = 101
             and run = {run}",
        "bill_vanished",
    ),
    (
        "услуга начислена по двум договорам",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, 25, component, source_month, cause, basis, volume, rate, amount
             from billing_data.line where run = {run} and service_id = 1",
        "line_doubled",
    ),
    (
        "месяц начислен дважды",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, contract_id, component, '2026-03-01', 1, basis, volume, rate, amount
             from billing_data.line where run = {run}",
        "bill_changed",
    ),
    (
        "перерасчёт больше начисления",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, contract_id, component, '2026-03-01', 1, basis, volume, rate, -3 * amount
             from billing_data.line where run = {run}",
        "bill_negative",
    ),
    (
        "суммы сдвинуты на квартиру",
        "update billing_data.line l set amount = o.amount from billing_data.line o, (
             select id, lead(id, 1, 41001) over (order by id) as next from cards_data.account where unit_id = 101
         ) n where l.run = {run} and o.run = l.run and l.account_id = n.id and o.account_id = n.next and o.service_id = l.service_id
             and o.component = l.component",
        "bill_changed",
    ),
    (
        "суммы округлены до рублей",
        "update billing_data.line set amount = round(amount) where run = {run} and service_id = 1",
        "rounded",
    ),
    (
        "закрытый счёт начислен",
        "update cards_data.account_open set valid_to = '2026-04-01' where account_id = 42002",
        "closed_charged",
    ),
    (
        "счета-двойники",
        "insert into cards_data.account (id, unit_id, scope, premises_id, number, origin)
             select 42009, unit_id, scope, premises_id, '42009', origin from cards_data.account where id = 42002;
         insert into cards_data.account_open (unit_id, scope, account_id, valid_from, asserted, origin)
             select unit_id, scope, 42009, '2026-04-01', asserted, origin from cards_data.account_open where account_id = 42002;
         insert into billing_data.line select run, unit_id, scope, 42009, service_id, contract_id, component, source_month, cause, basis, volume, rate, amount
             from billing_data.line where run = {run} and account_id = 42002",
        "bill_new",
    ),
    (
        "тариф изменён без акта",
        "update cards_data.tariff_rate set valid_to = '2026-04-01' where tariff_id = 31;
         insert into cards_data.tariff_rate (tariff_id, part, valid_from, rate, citation, asserted, origin)
         select 31, 0, '2026-04-01', 33.00, '  ', asserted, origin from cards_data.tariff_rate where tariff_id = 31",
        "tariff_unordered",
    ),
    (
        "входящие остатки внесены дважды",
        "insert into billing_data.correction (unit_id, scope, account_id, service_id, contract_id, month, source_month, kind, amount, operation)
             select a.unit_id, a.scope, a.id, 1, 23, '2026-04-01', '2026-02-01', 'opening', 1234.56, o.id
             from cards_data.account a, (select id from admin_data.operation order by known limit 2) o where a.unit_id = 101",
        "correction_twice",
    ),
    (
        "пени на весь долг, а не на просроченный",
        "insert into billing_data.penalty select '2026-04-01', '2026-03-31', scope, id, 1, 23, '2026-03-01', '2026-04-15', 1723.48, 5.46, 5.46
             from cards_data.account where id = 41001",
        "penalty_early",
    ),
    (
        "реестры апреля не загружены",
        "insert into finance_data.payment (unit_id, scope, account_id, paid_on, cash_day, amount, source, operation)
             select a.unit_id, a.scope, a.id, '2026-03-10', '2026-03-10', 1000, 'банк', a.origin from cards_data.account a where id = 41001",
        "payments_fallen",
    ),
    (
        "показания дома не загружены",
        "alter table billing_data.line_1 disable trigger all;
         update billing_data.line set basis = case when run = {run} then 4 else 3 end where service_id = 2 and cause = 0",
        "readings_lost",
    ),
    (
        "пени всем сразу",
        "insert into billing_data.penalty select '2026-04-01', '2026-03-31', scope, id, 1, 23, '2025-12-01', '2026-01-12', 1000, 10, 10
             from cards_data.account",
        "penalty_first",
    ),
    (
        "плательщики не перенесены",
        "update cards_data.account_holder set valid_to = '2026-04-01'",
        "payer_missing",
    ),
    (
        "пени стократно",
        "alter table billing_data.penalty disable trigger all;
         insert into billing_data.penalty select '2026-03-01', '2026-02-28', scope, id, 1, 23, '2025-12-01', '2026-01-12', 1000, 10, 10
             from cards_data.account where id = 41001;
         insert into billing_data.penalty select '2026-04-01', '2026-03-31', scope, id, 1, 23, '2025-12-01', '2026-01-12', 1000, 1010, 1000
             from cards_data.account where id = 41001",
        "penalty_jump",
    ),
];
