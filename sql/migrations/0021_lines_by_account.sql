-- Lines of a house are found by its accounts, which never change their house: the key serves, and a month's run is spared an
-- index over millions of rows.
drop index billing_data.line_unit;
