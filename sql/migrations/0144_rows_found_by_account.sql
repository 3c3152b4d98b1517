-- Rows of accounts are found by the accounts of a unit, which their key begins with: a second index of every run was built for nothing.
drop index billing_data.privilege_line_unit;
drop index billing_data.exception_unit;
