-- What operators read of the journal.

-- The centre reads what was done in houses it sees, and what is common to all; of an operation that also touched others it reads that
-- it was done, not what: a list of arguments names houses out of sight.
create view admin.journal with (security_barrier) as
select
    o.id, o.known, o.at, o.operator, p.full_name, o.kind, k.title, o.subject, o.ground, k.undo,
    case when o.operator = admin.operator() or a.scopes <@ (select admin.my_keys()) or (select admin.sees_everybody()) then a.args end as args
from admin_data.operation o
join admin_data.operation_kind k on k.name = o.kind
left join admin_data.operation_args a on a.operation = o.id
left join admin_data.operator p on p.login = o.operator
where o.operator = admin.operator()
    or pg_has_role(admin.operator(), 'kvartal_centre', 'member')
        and (a.scopes = '{}' or a.scopes && (select admin.my_keys()) or (select admin.sees_everybody()));
comment on view admin.journal is 'time: none. Journal of operations';

create view admin.operation_list as
select k.name, k.title, k.ground, k.undo, k.undo_reason,
    exists (
        select from admin_data.operation_grant g where g.kind = k.name and pg_has_role(admin.operator(), g.role, 'member')
    ) as may
from admin_data.operation_kind k;
comment on view admin.operation_list is 'time: none. Kinds of operation and whether the operator may';

create view admin.jobs with (security_barrier) as
select j.id, j.number, j.kind, k.title, j.operator, j.state, j.stage, j.done, j.total, j.created_at, j.ended_at, j.result, j.failure,
    j.state in ('queued', 'running') as can_cancel,
    case when j.state not in ('queued', 'running') then 'Задание уже закончено: останавливать нечего' end as cancel_refusal,
    j.state in ('failed', 'cancelled') as can_again,
    case when j.state = 'done' then 'Задание выполнено: повторять нечего' when j.state in ('queued', 'running') then 'Задание ещё не закончено' end as again_refusal
from admin_data.job j
join admin_data.operation_kind k on k.name = j.kind
where j.operator = admin.operator() or pg_has_role(admin.operator(), 'kvartal_centre', 'member');
comment on view admin.jobs is 'time: none. Long jobs and their progress';
