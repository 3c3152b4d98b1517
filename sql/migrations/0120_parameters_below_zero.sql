-- Days, percents and sums are never below zero; the cold outside is.
alter table cards_data.parameter add column may_be_negative boolean not null default false;
update cards_data.parameter set may_be_negative = true where code = 'outdoor_temperature';
