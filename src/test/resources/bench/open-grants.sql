create temporary table numbered on commit preserve rows as
select n, gen_random_uuid() as id, 'bench-' || n as instance from generate_series(1, :many) n;
insert into access_request (id, process_instance_id, requester, entitlement, duration, justification, submitted_at)
select id, instance, 'holder' || n % 200000, 'app-logs-read', 'PT8H', 'Open all the while', now() from numbered;
insert into verdict
select id, 'ALLOWED', '[]', '[]', null, '[]', 'bench', 'bench', now() from numbered;
insert into access_grant
select id, 'drawbridge_' || lpad(to_hex(n), 12, '0'), 'app-logs-read', 'orders', 'app_logs_read', now(),
       now() + interval '7 days' + n * interval '1 second' from numbered;
insert into grant_confirmation select id, now() from numbered;
insert into act_ru_execution (id_, rev_, root_proc_inst_id_, proc_inst_id_, business_key_, proc_def_id_, act_id_,
    act_inst_id_, is_active_, is_concurrent_, is_scope_, is_event_scope_, suspension_state_, cached_ent_state_,
    sequence_counter_, proc_def_key_)
select instance, 1, instance, instance, id::text, d.id_, 'task_useAccess', 'task_useAccess:' || instance, true, false,
       true, false, 1, 14, 1, 'access-request'
from numbered, (select id_ from act_re_procdef where key_ = 'access-request' order by version_ desc limit 1) d;
insert into act_ru_task (id_, rev_, execution_id_, proc_inst_id_, proc_def_id_, name_, task_def_key_, assignee_, priority_,
    create_time_, due_date_, suspension_state_)
select 'task-' || n, 1, instance, instance, d.id_, 'Use access', 'task_useAccess', 'holder' || n % 200000, 50, now(),
       now() + interval '7 days', 1
from numbered, (select id_ from act_re_procdef where key_ = 'access-request' order by version_ desc limit 1) d;
insert into act_ru_job (id_, rev_, type_, exclusive_, execution_id_, root_proc_inst_id_, process_instance_id_,
    process_def_id_, process_def_key_, retries_, duedate_, handler_type_, handler_cfg_, deployment_id_, suspension_state_,
    priority_, sequence_counter_, create_time_)
select kind || n, 1, 'timer', true, instance, instance, instance, d.id_, 'access-request', 3,
       now() + interval '7 days' + n * interval '1 second', 'timer-transition', kind, d.deployment_id_, 1, 100, 1, now()
from numbered, (values ('boundaryEvent_windowEnded'), ('boundaryEvent_endsSoon')) kinds (kind),
    (select id_, deployment_id_ from act_re_procdef where key_ = 'access-request' order by version_ desc limit 1) d;
analyze
