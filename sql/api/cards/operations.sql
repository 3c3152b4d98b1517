-- Operations of the card index.

call admin.kind('cards.premises_area', 'Изменение площади', '{kvartal_accountant,kvartal_centre}', p_fact => 'premises_area', p_ground => 'must');
call admin.kind('cards.house_area', 'Изменение площади общего имущества', '{kvartal_accountant,kvartal_centre}', p_fact => 'house_area', p_ground => 'must');
call admin.kind('cards.waste_container', 'Контейнеры для отходов', '{kvartal_accountant,kvartal_centre}', p_fact => 'waste_container', p_ground => 'must');
call admin.kind('cards.house_plan', 'Порядок начисления по дому', '{kvartal_centre}', p_fact => 'house_plan', p_ground => 'must');
call admin.kind('cards.account_plan', 'Порядок начисления по счёту', '{kvartal_accountant,kvartal_centre}', p_fact => 'account_plan', p_ground => 'must');
call admin.kind('cards.service_quantity', 'Количество по услуге', '{kvartal_accountant,kvartal_centre}', p_fact => 'service_quantity');
call admin.kind('cards.ready_amount', 'Готовое начисление поставщика', '{kvartal_accountant,kvartal_centre}', p_fact => 'ready_amount');
call admin.kind('cards.account_open', 'Открытие и закрытие счёта', '{kvartal_accountant,kvartal_centre}', p_fact => 'account_open', p_ground => 'must');
call admin.kind('cards.account_new', 'Открытие нового счёта', '{kvartal_accountant,kvartal_centre}', p_handler => 'cards.account_new', p_ground => 'must');
call admin.kind('cards.service_new', 'Новая услуга центра', '{kvartal_centre}', p_handler => 'cards.service_new', p_ground => 'must');
call admin.kind('cards.organisation_new', 'Новая организация', '{kvartal_accountant,kvartal_centre}', p_handler => 'cards.organisation_new', p_ground => 'must');
call admin.kind('cards.tariff_rate', 'Изменение тарифа', '{kvartal_centre}', p_fact => 'tariff_rate', p_ground => 'must');
call admin.kind('cards.account_share', 'Доля плательщика', '{kvartal_accountant,kvartal_centre}', p_fact => 'account_share', p_ground => 'must');
call admin.kind('cards.norm_value', 'Изменение норматива', '{kvartal_centre}', p_fact => 'norm_value', p_ground => 'must');
call admin.kind('cards.parameter_value', 'Изменение параметра расчёта', '{kvartal_centre}', p_fact => 'parameter_value', p_ground => 'must');
call admin.kind('cards.settlement_account', 'Банковские реквизиты', '{kvartal_accountant,kvartal_centre}', p_fact => 'settlement_account', p_ground => 'must');
call admin.kind('cards.organisation_change', 'Название и реквизиты организации', '{kvartal_accountant,kvartal_centre}', p_handler => 'cards.organisation_change', p_ground => 'must');
call admin.kind('cards.organisation_contact', 'Как обратиться в организацию', '{kvartal_accountant,kvartal_centre}', p_fact => 'organisation_contact');
call admin.kind('cards.contract_payee', 'Получатель платы по договору', '{kvartal_centre}', p_fact => 'contract_payee', p_ground => 'must');
call admin.kind('cards.account_holder', 'Смена плательщика', '{kvartal_accountant,kvartal_passport,kvartal_centre}', p_fact => 'account_holder', p_ground => 'must');
call admin.kind('cards.officer', 'Должностное лицо', '{kvartal_centre}', p_fact => 'officer', p_ground => 'must');
call admin.kind('cards.duty_band', 'Изменение шкалы госпошлины', '{kvartal_centre}', p_fact => 'duty_band', p_ground => 'must');
call admin.kind('cards.service_switch', 'Включение и выключение услуги', '{kvartal_accountant,kvartal_centre}', p_handler => 'cards.service_switch', p_ground => 'must');
call admin.kind('cards.account_plan_set', 'Изменение порядка начисления счёту', '{kvartal_accountant,kvartal_centre}', p_handler => 'cards.account_plan_set', p_ground => 'must');
call admin.kind('cards.house_plan_set', 'Изменение порядка начисления домам', '{kvartal_centre}', p_handler => 'cards.house_plan_set', p_ground => 'must');
call admin.kind('cards.house_plan_end', 'Исключение услуги из порядка домов', '{kvartal_centre}', p_handler => 'cards.house_plan_end', p_ground => 'must');
