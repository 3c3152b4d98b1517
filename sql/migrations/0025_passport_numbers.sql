-- A passport of the Russian Federation has a series of four digits and a number of six (Положение о паспорте гражданина РФ,
-- ПП РФ от 23.12.2023 № 2267, описание бланка); an issuer's code is 000-000. Other documents are left as they are typed.
alter table passport_data.identity_document
    add constraint identity_document_passport check (
        void or kind <> 'passport'
        or (coalesce(series, '0000') ~ '^\d{2} ?\d{2}$' and number ~ '^\d{6}$')
    ),
    add constraint identity_document_code check (issuer_code is null or issuer_code ~ '^\d{3}-\d{3}$');
comment on constraint identity_document_passport on passport_data.identity_document is 'в серии паспорта четыре цифры, в номере шесть';
comment on constraint identity_document_code on passport_data.identity_document is 'код подразделения пишется так: 770-001';
