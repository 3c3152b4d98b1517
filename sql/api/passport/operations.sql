-- Operations of the passport desk.

call admin.kind('passport.arrival', 'Регистрация нового жителя', '{kvartal_passport,kvartal_centre}', p_handler => 'passport.arrival', p_ground => 'must');
call admin.kind('passport.registration', 'Регистрация по другому адресу', '{kvartal_passport,kvartal_centre}', p_handler => 'passport.registration', p_ground => 'must');
call admin.kind('passport.residence', 'Регистрация и снятие с учёта', '{kvartal_passport,kvartal_centre}', p_fact => 'residence', p_ground => 'must');
call admin.kind('passport.person_name', 'Смена имени', '{kvartal_passport}', p_fact => 'person_name', p_ground => 'must');
call admin.kind('passport.temporary_absence', 'Временное отсутствие', '{kvartal_passport,kvartal_accountant}', p_fact => 'temporary_absence', p_ground => 'must');
call admin.kind('passport.ownership', 'Собственность', '{kvartal_passport,kvartal_centre}', p_fact => 'ownership', p_ground => 'must');
call admin.kind('passport.owner', 'Собственник', '{kvartal_passport,kvartal_centre}', p_handler => 'passport.owner', p_ground => 'must');
call admin.kind('passport.phone', 'Телефон', '{kvartal_passport,kvartal_dispatcher,kvartal_debt,kvartal_accountant,kvartal_centre}', p_fact => 'phone', p_ground => 'none');
call admin.kind('passport.identity_document', 'Документ, удостоверяющий личность', '{kvartal_passport,kvartal_centre}', p_fact => 'identity_document', p_ground => 'must');
call admin.kind('passport.departure', 'Снятие с учёта', '{kvartal_passport,kvartal_centre}', p_handler => 'passport.departure', p_ground => 'must');
call admin.kind('passport.person_details', 'Анкета человека', '{kvartal_passport,kvartal_centre}', p_handler => 'passport.person_details', p_ground => 'may');
call admin.kind('passport.person_birth', 'Место рождения', '{kvartal_passport}', p_fact => 'person_birth', p_ground => 'may');
call admin.kind('passport.citizenship', 'Гражданство', '{kvartal_passport}', p_fact => 'citizenship', p_ground => 'may');
call admin.kind('passport.person_name_case', 'Имя в падеже', '{kvartal_passport,kvartal_debt}', p_fact => 'person_name_case', p_ground => 'may');
call admin.kind('passport.residence_arrival', 'Откуда прибыл', '{kvartal_passport}', p_fact => 'residence_arrival', p_ground => 'may');
call admin.kind('passport.residence_departure', 'Куда выбыл', '{kvartal_passport}', p_fact => 'residence_departure', p_ground => 'may');
call admin.kind('passport.premises_tenure', 'Право на помещение', '{kvartal_passport,kvartal_centre}', p_fact => 'premises_tenure', p_ground => 'must');
call admin.kind('passport.paper_terms', 'Порядок выдачи справки', '{kvartal_centre}', p_fact => 'paper_terms', p_ground => 'must');
call admin.kind('passport.paper_issue', 'Выдача справки', '{kvartal_passport,kvartal_centre}', p_handler => 'passport.paper_issue', p_ground => 'may',
    p_undo => 'never', p_undo_reason => 'Выданная справка остаётся в журнале; выдайте новую');

-- Papers are documents: who issues them reads them, and reading is written down.
call admin.document_kind('passport.house_book', 'Выписка из домовой книги', 'В', '{kvartal_passport,kvartal_centre}', true);
call admin.document_kind('passport.registered', 'Справка о зарегистрированных', 'С', '{kvartal_passport,kvartal_centre}', true);
call admin.document_kind('passport.household', 'Справка о составе семьи', 'С', '{kvartal_passport,kvartal_centre}', true);
call admin.document_kind('passport.apartment_card', 'Поквартирная карточка, форма № 10', 'К10', '{kvartal_passport,kvartal_centre}', true);
call admin.document_kind('passport.registration_card', 'Карточка регистрации, форма № 9', 'К9', '{kvartal_passport,kvartal_centre}', true);
call admin.document_kind('passport.arrival_sheet', 'Адресный листок прибытия, форма № 2', 'АП', '{kvartal_passport,kvartal_centre}', true);
call admin.document_kind('passport.departure_sheet', 'Адресный листок убытия, форма № 7', 'АУ', '{kvartal_passport,kvartal_centre}', true);
