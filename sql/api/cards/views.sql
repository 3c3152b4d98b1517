-- Cards for reading by key.

create view cards.account_card as
select
    a.id as account_id, a.number, a.unit_id, a.premises_id, p.house_id, h.street_id, h.district_id, h.company_id,
    s.settlement, s.kind as street_kind, s.name as street, h.number as house,
    case when f.id is null then p.number else f.number || ', комн. ' || p.number end as premises,
    p.kind as premises_kind, p.entrance, p.floor
from cards_data.account a
join cards_data.premises p on p.id = a.premises_id
left join cards_data.premises f on f.id = p.parent_id
join cards_data.house h on h.id = p.house_id
join cards_data.street s on s.id = h.street_id;
comment on view cards.account_card is 'time: none. Account with its address';

-- The service of advances is a place in the books, not one that anybody is charged.
create view cards.services as select id as service_id, code, name, unit, scale, sort from cards_data.service where id <> 0;
comment on view cards.services is 'time: none. Services';

create view cards.providers as
select c.id as contract_id, c.number as contract, o.id as organisation_id, o.code, o.name, o.tin, o.kpp, o.address, o.phone
from cards_data.contract c join cards_data.organisation o on o.id = c.provider_id;
comment on view cards.providers is 'time: none. Contracts with their providers';

create view cards.parameters as
select p.code, p.title, v.value, v.citation, v.valid_from, v.valid_to
from cards.parameter_value v join cards_data.parameter p on p.id = v.parameter_id;
comment on view cards.parameters is 'time: both. Parameters of law and region';

-- The name reaches an operator only through an account they may see; passport.person_name itself is granted to nobody. It is asked for
-- holder by holder: a join would read the names of everybody, for a reader of facts is looked into by key only.
create view cards.account_payer as
select h.account_id, h.person_id, h.organisation_id,
    coalesce((
        select nullif(concat_ws(' ', n.last_name, n.first_name, n.middle_name), '') from passport.person_name n where n.person_id = h.person_id
    ), o.name) as payer, h.valid_from, h.valid_to
from cards.account_holder h
left join cards_data.organisation o on o.id = h.organisation_id;
comment on view cards.account_payer is 'time: both. To whom the bill is addressed';
