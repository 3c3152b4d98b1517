-- What a control may find besides what it found from its first day on. always: one such finding stops the month; else only a share of the accounts
-- above the parameter control_mass_percent. tells_only: however many there are, they stop nothing.
insert into billing_data.control_kind (code, sort, always, title, advice) values
    ('closed_charged', 125, true, 'Начислено закрытому счёту', 'Проверьте, когда закрыт счёт'),
    ('rounded', 35, true, 'Суммы услуги без копеек', 'Проверьте ставку и округление: раньше копейки были'),
    ('correction_twice', 180, true, 'Корректировка внесена дважды', 'Откройте сальдо счёта и отмените лишнюю'),
    ('payment_twice', 190, false, 'Платёж внесён дважды', 'Проверьте, не загружен ли реестр во второй раз'),
    ('penalty_early', 185, true, 'Пени на непросроченный долг', 'Сверьте срок оплаты и закрытие месяца'),
    ('payments_fallen', 45, true, 'Оплат намного меньше, чем месяц назад', 'Проверьте, загружены ли реестры банков и кассы'),
    ('readings_lost', 55, true, 'Дом остался без показаний', 'Проверьте, загружены ли показания и обход этого дома'),
    ('payer_missing', 200, false, 'У счёта нет плательщика', 'Запишите, на кого выписывать документ'),
    ('penalty_first', 193, false, 'Пени начислены впервые', 'Если таких много, сверьте сроки оплаты и мораторий'),
    ('penalty_jump', 195, false, 'Пени выросли в несколько раз', 'Сверьте ставку и доли ставки: параметры расчёта (520)')
on conflict (code) do update set sort = excluded.sort, always = excluded.always, title = excluded.title, advice = excluded.advice;

insert into billing_data.control_kind (code, sort, always, tells_only, title, advice) values
    ('charge_growth', 205, false, true, 'Плата выросла: положена рассрочка', 'Кому её предложить — экран 456; квитанция предлагает её сама')
on conflict (code) do update set sort = excluded.sort, always = excluded.always, tells_only = excluded.tells_only, title = excluded.title, advice = excluded.advice;
