-- The control before printing: what the worker found in a charged month, who accepted it and who signed it. Rows are only added; findings of a
-- control that was never signed go when a newer one is made.

create table billing_data.control (
    id uuid primary key,    -- the order, which is also the job
    month date not null references billing_data.month,
    run int not null,
    state text not null,    -- everything the bills were made of, as one mark; any change makes another
    known bigint not null,  -- order of controls
    accounts bigint not null,
    before numeric(18, 2) not null,
    now numeric(18, 2) not null,
    made_at timestamptz not null default clock_timestamp()
);
create index control_month on billing_data.control (month, known);

-- What may be found. always: one such finding stops the month; else only a share of the accounts above the parameter control_mass_percent.
create table billing_data.control_kind (
    code text primary key,
    sort smallint not null,
    always boolean not null,
    title text not null,
    advice text not null
);

create table billing_data.control_total (
    control_id uuid not null references billing_data.control,
    house_id bigint not null references cards_data.house,
    service_id bigint not null references cards_data.service,
    scope int not null references admin_data.scope,
    accounts bigint not null,
    before numeric(18, 2) not null,
    now numeric(18, 2) not null,
    primary key (control_id, house_id, service_id)
);

-- scope is null where a finding is about the whole town: a tariff, a payee.
create table billing_data.control_finding (
    control_id uuid not null references billing_data.control,
    kind text not null references billing_data.control_kind,
    number bigint generated always as identity,
    scope int references admin_data.scope,
    account_id bigint,
    house_id bigint,
    service_id bigint,
    before numeric(18, 2),
    now numeric(18, 2),
    detail text,
    primary key (control_id, kind, number)
);

create table billing_data.control_count (
    control_id uuid not null references billing_data.control,
    kind text not null references billing_data.control_kind,
    findings bigint not null,
    difference numeric(18, 2) not null,
    stops boolean not null,
    primary key (control_id, kind)
);

create table billing_data.control_acceptance (
    control_id uuid not null references billing_data.control,
    kind text not null references billing_data.control_kind,
    operation uuid not null references admin_data.operation,
    primary key (control_id, kind)
);

create table billing_data.control_signature (
    control_id uuid primary key references billing_data.control,
    operation uuid not null references admin_data.operation
);

insert into billing_data.control_kind (code, sort, always, title, advice) values
    ('service_total', 10, true, 'Итог услуги сильно изменился', 'Сверьте тариф, норматив и план услуги'),
    ('service_missing', 20, true, 'В доме пропала услуга', 'Проверьте план услуг дома'),
    ('house_unlike', 30, true, 'Дом не похож на соседние', 'Сравните план услуг и площади дома с соседними'),
    ('tariff_unordered', 40, true, 'Тариф изменён без акта', 'Укажите основание тарифа: кем и когда утверждён'),
    ('tariff_jump', 50, true, 'Тариф изменился скачком', 'Сверьте ставку с актом'),
    ('rule_missing', 60, true, 'Нет тарифа, норматива или параметра', 'Введите недостающую ставку и дождитесь пересчёта'),
    ('payee_wrong', 70, true, 'Реквизиты получателя неверны', 'Исправьте БИК и счёт получателя'),
    ('payee_changed', 80, true, 'Реквизиты получателя изменились', 'Сверьте новые реквизиты с письмом получателя'),
    ('line_doubled', 90, true, 'Услуга начислена дважды', 'Оставьте счёту один договор на услугу'),
    ('charge_negative', 100, true, 'Отрицательное начисление', 'Откройте объяснение суммы'),
    ('bill_fold', 110, true, 'Счёт вырос в несколько раз', 'Откройте объяснение суммы: показания, площадь, проживающие'),
    ('bill_vanished', 120, true, 'Открытый счёт остался без начислений', 'Проверьте план услуг и дату закрытия счёта'),
    ('bill_zero', 130, false, 'Счёт стал нулевым', 'Проверьте, почему начислять нечего'),
    ('bill_negative', 140, false, 'Итог счёта отрицательный', 'Откройте перерасчёты счёта'),
    ('bill_changed', 150, false, 'Счёт изменился сильнее порога', 'Откройте объяснение суммы'),
    ('bill_new', 160, false, 'Счёт начислен впервые', 'Проверьте дату открытия'),
    ('not_charged', 170, false, 'Начислено не всё', 'Откройте контрольный список месяца'),
    ('volume_jump', 180, false, 'Объём вырос в несколько раз', 'Проверьте показания приборов'),
    ('area_jump', 190, false, 'Площадь изменилась скачком', 'Сверьте площадь с документом'),
    ('persons_jump', 200, false, 'Проживающих стало вдвое больше', 'Проверьте, не записаны ли люди дважды');

insert into cards_data.parameter (code, title) values
    ('control_change_percent', 'Контроль: изменение суммы, начиная с которого её смотрят, %'),
    ('control_least', 'Контроль: изменения меньше этой суммы не показывают, ₽'),
    ('control_fold', 'Контроль: во сколько раз вырос счёт или объём, чтобы месяц остановить'),
    ('control_mass_percent', 'Контроль: доля счетов с одной находкой, с которой она останавливает месяц, %');

insert into cards_data.parameter_value (parameter_id, valid_from, valid_to, value, citation, asserted, origin)
select p.id, date '2000-01-01', 'infinity', v.value, v.citation, o.known, o.id
from (values
    ('control_change_percent', 30, 'Порядок расчётного центра: проверка счетов, изменившихся больше чем на 30 %'),
    ('control_least', 300, 'Порядок расчётного центра'),
    ('control_fold', 3, 'Порядок расчётного центра'),
    ('control_mass_percent', 5, 'Порядок расчётного центра')
) v (code, value, citation)
join cards_data.parameter p on p.code = v.code
cross join admin_data.operation o
where o.id = '00000000-0000-4000-8000-000000000000';
