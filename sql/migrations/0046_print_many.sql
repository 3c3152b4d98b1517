-- One operation may order many sheets: a month's run is printed house by house. An order names its operation; until now it was it.

alter table admin_data.print_order add column operation uuid;
-- The table is written anew rather than updated: its rows are guarded, and whoever migrates need not see them.
alter table admin_data.print_order alter column operation type uuid using id;
alter table admin_data.print_order
    alter column operation set not null,
    add foreign key (operation) references admin_data.operation,
    drop constraint print_order_id_fkey;
create index print_order_operation on admin_data.print_order (operation, number);
