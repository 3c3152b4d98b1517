-- Meters for reading by key.

create view meters.meter_card as
select m.id as meter_id, m.kind, m.house_id, m.premises_id, m.service_id, s.code as service, m.serial, m.digits, m.registers,
    i.valid_from as installed_on, i.valid_to as removed_on
from meters_data.meter m
join cards_data.service s on s.id = m.service_id
left join meters.meter_installed i on i.meter_id = m.id;
comment on view meters.meter_card is 'time: both. Meters';

-- Readings are points: the history up to the day of the date line, as known then.
create view meters.readings as
select meter_id, register, valid_from as day, value, rolled_over, source, asserted, origin from meters_data.meter_reading
where not void and asserted <= (select admin.known_at()) and (retracted is null or retracted > (select admin.known_at()))
    and valid_from <= (select admin.as_of());
comment on view meters.readings is 'time: both. Readings up to the day';
