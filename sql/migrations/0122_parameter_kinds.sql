-- What a value of a parameter may be: whole days are whole, yes and no are 1 and 0, a percent is no more than a hundred. Declared here, checked
-- where a value is written (cards.check_parameter_value).
create table cards_data.parameter_kind (
    name text primary key,
    -- What a value is, as the refusal ends: «нужно …».
    told text not null,
    least numeric,
    most numeric,
    -- Digits behind the point; null: as many as a value holds.
    digits smallint check (digits >= 0)
);
comment on table cards_data.parameter_kind is 'вид параметра';
insert into cards_data.parameter_kind (name, told, least, most, digits) values
    ('number', 'число не меньше нуля', 0, null, null),
    ('flag', '1 (да) или 0 (нет)', 0, 1, 0),
    ('choice', '0, 1 или 2', 0, 2, 0),
    ('count', 'целое число не меньше нуля', 0, null, 0),
    ('positive', 'целое число не меньше единицы', 1, null, 0),
    ('twelfth', 'целое число от 1 до 12', 1, 12, 0),
    ('month_day', 'число месяца, от 1 до 31', 1, 31, 0),
    ('percent', 'от 0 до 100 процентов', 0, 100, null),
    ('growth', 'процент не меньше нуля', 0, null, null),
    ('fold', 'число не меньше единицы', 1, null, null),
    ('roubles', 'сумма в рублях, не больше двух знаков после запятой', 0, null, 2),
    ('temperature', 'от −90 до 60 °C', -90, 60, null);

alter table cards_data.parameter drop column may_be_negative,
    add column kind text not null default 'number' references cards_data.parameter_kind;
update cards_data.parameter p set kind = v.kind
from (values
    ('meter_average_months', 'positive'), ('meter_average_min_months', 'count'), ('meter_average_periods', 'count'), ('last_day_counts', 'flag'),
    ('due_day', 'month_day'), ('day_off', 'flag'), ('key_rate', 'percent'), ('penalty_rate_cap', 'percent'), ('penalty_rate_fixed', 'percent'),
    ('penalty_grace', 'count'), ('penalty_second_from', 'count'), ('penalty_first_divisor', 'positive'), ('penalty_second_divisor', 'positive'),
    ('repair_grace', 'count'), ('repair_divisor', 'positive'), ('penalty_moratorium', 'choice'), ('penalty_rounding', 'flag'),
    ('payment_penalty_last', 'flag'), ('split_strategy', 'choice'), ('duty_order_percent', 'percent'), ('duty_round_roubles', 'flag'),
    ('court_order_most', 'roubles'), ('limitation_years', 'count'), ('enforcement_percent', 'percent'), ('enforcement_least', 'roubles'),
    ('absence_min_full_days', 'count'), ('meter_average_periods_non_residential', 'count'), ('house_heat_average_periods', 'count'),
    ('meter_no_reading_coefficient', 'flag'), ('tampering_factor', 'fold'), ('tampering_months', 'count'), ('coefficient_whole_month', 'flag'),
    ('heating_evenly', 'flag'), ('heating_season_months', 'twelfth'), ('yearly_correction_month', 'twelfth'), ('heating_season', 'flag'), ('benefit_one_ground_per_person', 'flag'),
    ('undersupply_allowance_mode', 'flag'), ('undersupply_partial_hour', 'choice'), ('undersupply_degree_fraction', 'flag'),
    ('executor_fine_percent', 'percent'), ('control_change_percent', 'growth'), ('control_least', 'roubles'), ('control_fold', 'fold'),
    ('control_mass_percent', 'percent'), ('temporary_residence_days', 'count'), ('instalment_growth_percent', 'growth'),
    ('verification_notice_days', 'count'), ('subsidy_months', 'positive'), ('subsidy_share_most', 'percent'), ('instalment_months', 'positive'),
    ('instalment_rate_margin', 'percent'), ('limitation_rest_months', 'count'), ('payment_doubt_least', 'roubles'), ('payment_doubt_months', 'count'),
    ('waste_yearly_correction', 'flag'), ('indoor_temperature', 'temperature'), ('outdoor_temperature', 'temperature'),
    ('recalculation_depth_months', 'count'), ('undersupply_of_surplus', 'flag')
) v (code, kind)
where p.code = v.code;
