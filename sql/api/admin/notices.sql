-- What moves beside operations is announced by the tables themselves, whoever moves it: jobs, prints, months, rights. A notice is a hint that names a
-- topic and an id, never a datum: everybody who may log in may listen.

do $$
begin
    create trigger announce after insert or update on admin_data.job for each row execute function admin.announce('job', 'id');
    create trigger announce after insert or update on admin_data.print_order for each row execute function admin.announce('print', 'id');
    create trigger announce after insert or update of state on billing_data.month for each row execute function admin.announce('month', 'month');
    create trigger announce after insert or update on admin_data.operator for each row execute function admin.announce_rights();
end $$;
