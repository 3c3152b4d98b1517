-- Housing services are a group of their own beside utilities: the same penalty and subsidies, but no instalments, which ПП РФ 354 п. 72 knows for
-- utilities alone. Services measured in m² are housing (maintenance, lift, rent); the centre says otherwise on the card of a new service.
alter table cards_data.service drop constraint service_penalty_check;
alter table cards_data.service add constraint service_penalty_check check (penalty in ('utilities', 'housing', 'repair', 'none'));
update cards_data.service set penalty = 'housing' where penalty = 'utilities' and unit = 'м²';
