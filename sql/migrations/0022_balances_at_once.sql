-- The month of a balance is checked by the trigger of the table, once for all rows of a seal: a foreign key asks it of each
-- of the nine balances of every account.
alter table billing_data.balance drop constraint balance_month_fkey;
