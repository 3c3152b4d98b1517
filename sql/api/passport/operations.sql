-- Operations of the passport desk.

call admin.kind('passport.arrival', 'Регистрация нового жителя', '{kvartal_passport,kvartal_centre}', p_handler => 'passport.arrival', p_ground => 'must');
call admin.kind('passport.residence', 'Регистрация и снятие с учёта', '{kvartal_passport,kvartal_centre}', p_fact => 'residence', p_ground => 'must');
call admin.kind('passport.person_name', 'Смена имени', '{kvartal_passport}', p_fact => 'person_name', p_ground => 'must');
call admin.kind('passport.temporary_absence', 'Временное отсутствие', '{kvartal_passport,kvartal_accountant}', p_fact => 'temporary_absence', p_ground => 'must');
call admin.kind('passport.ownership', 'Собственность', '{kvartal_passport,kvartal_centre}', p_fact => 'ownership', p_ground => 'must');
call admin.kind('passport.phone', 'Телефон', '{kvartal_passport,kvartal_dispatcher,kvartal_debt,kvartal_accountant,kvartal_centre}', p_fact => 'phone', p_ground => 'none');
call admin.kind('passport.identity_document', 'Документ, удостоверяющий личность', '{kvartal_passport,kvartal_centre}', p_fact => 'identity_document', p_ground => 'must');
