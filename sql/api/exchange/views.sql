-- What was brought.

create view exchange.imports with (security_barrier) as
select f.name, f.kind, f.rows, f.bad_rows, f.at, f.operation from exchange_data.import_file f
where pg_has_role(admin.operator(), 'kvartal_admin', 'member') or pg_has_role(admin.operator(), 'kvartal_centre', 'member');
comment on view exchange.imports is 'time: none. Files brought from other programs';

create view exchange.bad_rows with (security_barrier) as
select b.operation, b.file, b.line, b.reason from exchange_data.import_bad_row b
where pg_has_role(admin.operator(), 'kvartal_admin', 'member') or pg_has_role(admin.operator(), 'kvartal_centre', 'member');
comment on view exchange.bad_rows is 'time: none. Rows left out of an import, with the reason';
