//! Mass mistakes of a month, as they are planted into the charged April of the village, and what must stop each.

/// The run of April, for `{run}`.
pub const RUN: &str = "(select run from billing_data.month where month = '2026-04-01')";

/// A mass mistake, how it is made in the books of April, and the kind of finding that stops it.
pub const PLANTED: [(&str, &str, &str); 31] = [
    (
        "тариф без акта вдесятеро",
        "update billing_data.line set amount = amount * 10 where run = {run} and service_id = 1",
        "service_total",
    ),
    (
        "все суммы обнулены",
        "update billing_data.line set amount = 0 where run = {run}",
        "bill_zero",
    ),
    (
        "минус вместо плюса",
        "update billing_data.line set amount = -amount where run = {run} and service_id = 1",
        "charge_negative",
    ),
    (
        "дом потерял услугу",
        "delete from billing_data.line l using cards_data.account a where l.account_id = a.id and a.unit_id = 101 and l.service_id = 1
             and run = {run}",
        "service_missing",
    ),
    (
        "счета пропали",
        "delete from billing_data.line where account_id = 41001 and run = {run}",
        "bill_vanished",
    ),
    (
        "услуга начислена по двум договорам",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, 25, component, source_month, cause, basis, volume, rate, amount
             from billing_data.line where run = {run} and service_id = 1",
        "line_doubled",
    ),
    (
        "счёт в пять раз больше",
        "update billing_data.line set amount = amount * 5 where account_id = 41001 and run = {run}",
        "bill_fold",
    ),
    (
        "перерасчёт больше начисления",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, contract_id, component, '2026-03-01', 1, basis, volume, rate, -3 * amount
             from billing_data.line where run = {run}",
        "bill_negative",
    ),
    (
        "площади вдвое",
        "update cards_data.premises_area set valid_to = '2026-04-01' where valid_to = 'infinity';
         insert into cards_data.premises_area (unit_id, scope, premises_id, valid_from, area_total, area_living, area_heated, rooms, asserted, origin)
         select unit_id, scope, premises_id, '2026-04-01', area_total * 2, area_living, area_heated, rooms, asserted, origin from cards_data.premises_area",
        "area_jump",
    ),
    (
        "тариф изменён без акта",
        "update cards_data.tariff_rate set valid_to = '2026-04-01' where tariff_id = 31;
         insert into cards_data.tariff_rate (tariff_id, part, valid_from, rate, asserted, origin)
         select 31, 0, '2026-04-01', 32.00, asserted, origin from cards_data.tariff_rate where tariff_id = 31",
        "tariff_unordered",
    ),
    (
        "реквизиты подменены",
        "update cards_data.settlement_account set valid_to = '2026-04-10' where organisation_id = 11;
         insert into cards_data.settlement_account (organisation_id, valid_from, account, bank_name, bic, asserted, origin)
         select 11, '2026-04-10', '40702810200000000001', 'Другой банк', '044525225', asserted, origin from cards_data.settlement_account where organisation_id = 11",
        "payee_changed",
    ),
    (
        "тариф в десять раз меньше",
        "update billing_data.line set amount = round(amount / 10, 2) where run = {run} and service_id = 1",
        "service_total",
    ),
    (
        "повышающий коэффициент всем",
        "update billing_data.line set amount = round(amount * 1.5, 2) where run = {run} and service_id = 1",
        "service_total",
    ),
    (
        "скидка половины всем",
        "update billing_data.line set amount = round(amount / 2, 2) where run = {run} and service_id = 1",
        "service_total",
    ),
    (
        "все счета в полтора раза больше",
        "update billing_data.line set amount = round(amount * 1.5, 2) where run = {run}",
        "bill_changed",
    ),
    (
        "все счета вчетверо больше",
        "update billing_data.line set amount = amount * 4 where run = {run}",
        "bill_fold",
    ),
    (
        "объёмы впятеро",
        "update billing_data.line set volume = volume * 5, amount = amount * 5 where run = {run}",
        "volume_jump",
    ),
    (
        "отрицательный объём на одном счёте",
        "update billing_data.line set volume = -volume, amount = -amount where run = {run} and service_id = 1 and account_id = 41001",
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
        "перерасчёт снимает начисленное у всех",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, contract_id, component, '2026-03-01', 1, basis, volume, rate, -1 * amount
             from billing_data.line where run = {run}",
        "bill_zero",
    ),
    (
        "перерасчёт впятеро у всех",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, contract_id, component, '2026-03-01', 1, basis, volume, rate, 5 * amount
             from billing_data.line where run = {run}",
        "bill_fold",
    ),
    (
        "перерасчёт на половину у всех",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, contract_id, component, '2026-03-01', 1, basis, volume, rate, 0.5 * amount
             from billing_data.line where run = {run}",
        "bill_changed",
    ),
    (
        "нет норматива",
        "update billing_data.exception set code = 'no_norm' where run = {run}",
        "rule_missing",
    ),
    (
        "нет тарифа",
        "update billing_data.exception set code = 'no_rate' where run = {run}",
        "rule_missing",
    ),
    (
        "нет параметра",
        "update billing_data.exception set code = 'no_parameter' where run = {run}",
        "rule_missing",
    ),
    (
        "площадь с потерянным знаком",
        "update cards_data.premises_area set valid_to = '2026-04-01' where valid_to = 'infinity';
         insert into cards_data.premises_area (unit_id, scope, premises_id, valid_from, area_total, area_living, area_heated, rooms, asserted, origin)
         select unit_id, scope, premises_id, '2026-04-01', round(area_total / 10, 2), area_living, area_heated, rooms, asserted, origin from cards_data.premises_area",
        "area_jump",
    ),
    (
        "жилая площадь вместо общей",
        "update cards_data.premises_area set valid_to = '2026-04-01' where valid_to = 'infinity';
         insert into cards_data.premises_area (unit_id, scope, premises_id, valid_from, area_total, area_living, area_heated, rooms, asserted, origin)
         select unit_id, scope, premises_id, '2026-04-01', area_living, area_living, area_heated, rooms, asserted, origin from cards_data.premises_area",
        "area_jump",
    ),
    (
        "тариф в копейках с актом",
        "update cards_data.tariff_rate set valid_to = '2026-04-01' where tariff_id = 31;
         insert into cards_data.tariff_rate (tariff_id, part, valid_from, rate, citation, asserted, origin)
         select 31, 0, '2026-04-01', 0.32, 'Приказ', asserted, origin from cards_data.tariff_rate where tariff_id = 31",
        "tariff_jump",
    ),
    (
        "акт тарифа из пробелов",
        "update cards_data.tariff_rate set valid_to = '2026-04-01' where tariff_id = 31;
         insert into cards_data.tariff_rate (tariff_id, part, valid_from, rate, citation, asserted, origin)
         select 31, 0, '2026-04-01', 33.00, '  ', asserted, origin from cards_data.tariff_rate where tariff_id = 31",
        "tariff_unordered",
    ),
    (
        "счёт получателя сменён в последний день",
        "update cards_data.settlement_account set valid_to = '2026-04-30' where organisation_id = 11;
         insert into cards_data.settlement_account (organisation_id, valid_from, account, bank_name, bic, asserted, origin)
         select 11, '2026-04-30', '40702810200000000001', 'Другой банк', '044525225', asserted, origin from cards_data.settlement_account where organisation_id = 11",
        "payee_changed",
    ),
];
