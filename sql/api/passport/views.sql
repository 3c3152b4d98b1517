-- Residents for reading by key.

create view passport.residents as
select r.premises_id, r.person_id, r.is_temporary, r.relation, r.valid_from, r.valid_to,
    n.last_name, n.first_name, n.middle_name, p.sex, p.born_on, r.origin
from passport.residence r
join passport_data.person p on p.id = r.person_id
left join passport.person_name n on n.person_id = r.person_id;
comment on view passport.residents is 'time: both. Who lives in premises';
