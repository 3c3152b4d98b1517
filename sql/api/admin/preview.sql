-- Previews and jobs: what an operator asks of the worker.

-- Tells the worker of a question. Nobody waits for it to reach the disk: one that a crash of the server takes back is asked again.
create function admin.hand_question(p_id uuid) returns void language plpgsql
as $$
begin
    perform set_config('synchronous_commit', 'off', true);
    perform pg_notify('kvartal_preview', p_id::text);
end $$;

-- Asks for the difference an operation would make. The worker answers in admin.preview_result; nothing is written to the books.
create function admin.preview_ask(p_id uuid, p_kind text, p_args jsonb, p_ground text default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform admin.need_request(p_id, p_kind, p_args);
    insert into admin_data.preview (id, operator, kind, args, ground, digest)
    values (p_id, admin.operator(), p_kind, p_args, p_ground, admin.operation_digest(p_kind, p_args, p_ground))
    on conflict (id) do update
        set args = excluded.args, ground = excluded.ground, digest = excluded.digest, kind = excluded.kind,
            state = 'asked', versions = null, difference = null, refusal = null, asked_at = clock_timestamp()
        where preview.operator = excluded.operator;
    if not found then
        perform admin.refuse('KV002', 'Просмотр с этим номером запросил другой оператор', null, 'Повторите действие с новым номером');
    end if;
    perform admin.hand_question(p_id);
end $$;

-- The state of the operator's own preview: {"state", "difference", "refusal", "before"}; null when there is none. `before` tells how many
-- questions were asked earlier and are not answered yet.
create function admin.preview_result(p_id uuid) returns jsonb language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('state', v.state, 'difference', v.difference, 'refusal', v.refusal, 'before', case when v.state = 'asked' then (
        select count(*) from admin_data.preview e where e.state = 'asked' and e.asked_at < v.asked_at
    ) end)
    from admin_data.preview v where v.id = p_id and v.operator = admin.operator()
$$;

-- Whether a worker is connected: without one there are no previews, and the card says so. A worker holds this lock for as long
-- as its session lives; the list of sessions would hide its name from an operator.
create function admin.worker_alive() returns boolean language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from pg_locks l join pg_database d on d.oid = l.database
        where l.locktype = 'advisory' and l.classid = 4713 and l.objid = 1 and d.datname = current_database()
    )
$$;

-- The handler of long work: the operation is the order, the job is its execution by the worker.
create function admin.order_job(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
begin
    insert into admin_data.job (id, kind, args, operator) values (v_operation.id, p_kind.name, p_args, v_operation.operator);
    perform pg_notify('kvartal_job', v_operation.id::text);
    return jsonb_build_object('job', v_operation.id);
end $$;

create function admin.job_state(p_id uuid) returns jsonb language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'kind', kind, 'state', state, 'stage', stage, 'done', done, 'total', total, 'result', result, 'failure', failure
    )
    from admin_data.job
    where id = p_id and (operator = admin.operator() or pg_has_role(admin.operator(), 'kvartal_centre', 'member'))
$$;

create function admin.job_cancel(p_id uuid) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update admin_data.job
    set cancel_asked = true,
        state = case when state = 'queued' then 'cancelled' else state end
    where id = p_id and state in ('queued', 'running')
        and (operator = admin.operator() or pg_has_role(admin.operator(), 'kvartal_centre', 'member'));
    if not found then
        perform admin.refuse('KV003', 'Задание уже закончено или не ваше');
    end if;
    perform pg_notify('kvartal_job', p_id::text);
end $$;

-- A job that failed or was stopped is done again under its own number: what it had committed stands, and its cause (a template, a full disk) is mended
-- by now.
create function admin.job_again(p_id uuid) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update admin_data.job
    set state = 'queued', failure = null, ended_at = null, cancel_asked = false
    where id = p_id and state in ('failed', 'cancelled')
        and (operator = admin.operator() or pg_has_role(admin.operator(), 'kvartal_centre', 'member'));
    if not found then
        perform admin.refuse('KV003', 'Повторяют задание, которое не вышло или остановлено; это не такое или не ваше');
    end if;
    perform pg_notify('kvartal_job', p_id::text);
end $$;
