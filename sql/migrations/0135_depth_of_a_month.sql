-- What a reading tells of months too far back is charged in the first month that is recalculated: there must be one.
update cards_data.parameter set kind = 'positive' where code = 'recalculation_depth_months';
