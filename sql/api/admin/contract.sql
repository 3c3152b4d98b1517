-- What a screen may rely on of the operations: for the check of screen files. Nothing here is anybody's data.

create view admin.operation_parts as
select k.name, k.title, k.ground,
    coalesce(f.key_columns::text[], '{}') as keys, coalesce(f.value_columns::text[], '{}') as parts,
    array(select g.role::text from admin_data.operation_grant g where g.kind = k.name order by 1) as roles
from admin_data.operation_kind k
left join admin_data.fact_kind f on f.name = k.fact;
comment on view admin.operation_parts is 'time: none. Операции и части их фактов';
comment on column admin.operation_parts.name is 'Вид операции';
comment on column admin.operation_parts.title is 'Название';
comment on column admin.operation_parts.ground is 'Нужно ли основание';
comment on column admin.operation_parts.keys is 'Ключ факта';
comment on column admin.operation_parts.parts is 'Значение факта';
comment on column admin.operation_parts.roles is 'Кому дано';
