-- What a city asks by and a village never notices: without these a card reads all meters of the town.
create index meter_house on meters_data.meter (house_id);
create index residence_arrival_premises on passport_data.residence_arrival (premises_id);
create index residence_departure_premises on passport_data.residence_departure (premises_id);
create index temporary_absence_premises on passport_data.temporary_absence (premises_id);
