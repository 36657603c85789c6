-- Ending access as an obligation that outlives processes, jobs and nodes.

-- A request for more time of access that is held: it goes the way of every request.
create table extension (
    request_id uuid primary key references access_request,
    grant_id   uuid not null references access_grant
);
create index extension_grant on extension (grant_id);

-- The target has confirmed the later end.
create table grant_extension (
    request_id  uuid primary key references extension,
    grant_id    uuid        not null references access_grant,
    expires_at  timestamptz not null,
    extended_at timestamptz not null
);
create index grant_extension_grant on grant_extension (grant_id);

-- The target did not do it, or did not confirm it. It is tried again, after growing pauses, without end.
create table revocation_failure (
    request_id uuid        not null references revocation,
    number     int         not null,
    reason     text        not null,
    failed_at  timestamptz not null,
    primary key (request_id, number)
);

-- What a target holds that the grants do not say, or the other way round; and that it is so no longer.
create table discrepancy (
    id          uuid primary key,
    target      text        not null,
    principal   text        not null,
    request_id  uuid references access_request,
    kind        text        not null,
    sentence    text        not null,
    found_at    timestamptz not null
);
create table discrepancy_settled (
    discrepancy_id uuid primary key references discrepancy,
    how            text        not null,
    settled_at     timestamptz not null
);

do $$
declare fact text;
begin
    foreach fact in array array['extension', 'grant_extension', 'revocation_failure', 'discrepancy',
        'discrepancy_settled'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;

-- No facts but an index of them, kept by triggers in the transaction of the fact: the grants whose end no target has
-- confirmed. However long the record grows, what is open and what is late is found at once.
create table open_grant (
    request_id  uuid primary key references access_grant,
    ends_at     timestamptz not null,
    next_try_at timestamptz not null,
    failures    int         not null default 0
);
create index open_grant_ends_at on open_grant (ends_at);
create index open_grant_next_try_at on open_grant (next_try_at);
create index open_grant_failing on open_grant (failures) where failures > 0;

insert into open_grant (request_id, ends_at, next_try_at)
select g.request_id, least(g.expires_at, rv.requested_at), least(g.expires_at, rv.requested_at)
from access_grant g
left join revocation rv using (request_id)
where not exists (select 1 from revocation_confirmation rc where rc.request_id = g.request_id);

create function open_grant_follows_the_facts() returns trigger language plpgsql as $$
begin
    case tg_table_name
        when 'access_grant' then
            insert into open_grant (request_id, ends_at, next_try_at)
            values (new.request_id, new.expires_at, new.expires_at);
        when 'grant_extension' then
            update open_grant set ends_at = new.expires_at, next_try_at = new.expires_at
            where request_id = new.grant_id
              and not exists (select 1 from revocation rv where rv.request_id = new.grant_id);
        when 'revocation' then
            update open_grant set ends_at = least(ends_at, new.requested_at), next_try_at = new.requested_at
            where request_id = new.request_id;
        when 'revocation_failure' then
            -- One second, then twice as long each time, up to a minute: a target that comes back is not kept waiting.
            update open_grant
            set failures = new.number,
                next_try_at = new.failed_at + least(power(2, least(new.number, 10) - 1), 60) * interval '1 second'
            where request_id = new.request_id;
        when 'revocation_confirmation' then
            delete from open_grant where request_id = new.request_id;
            -- Who still asks for more time of it is to be told.
            insert into to_look_at (request_id)
            select x.request_id from extension x
            where x.grant_id = new.request_id
              and not exists (select 1 from grant_extension given where given.request_id = x.request_id)
              and not exists (select 1 from request_end e where e.request_id = x.request_id);
    end case;
    return null;
end $$;

do $$
declare fact text;
begin
    foreach fact in array array['access_grant', 'grant_extension', 'revocation', 'revocation_failure',
        'revocation_confirmation'] loop
        execute format('create trigger %I after insert on %I for each row execute function open_grant_follows_the_facts()',
            fact || '_moves_open_grant', fact);
    end loop;
end $$;

create or replace view access_request_now as
select r.*,
       case
           when rc.confirmed_at is not null or x.extended_at is not null then 'ENDED'
           -- While access is there, it is shown, whatever else has ended.
           when rv.requested_at is not null then 'REVOKING'
           when gc.confirmed_at is not null then 'ACTIVE'
           when g.started_at is not null then 'PROVISIONING'
           when e.outcome is not null then 'ENDED'
           when v.outcome = 'DENIED' then 'ENDED'
           when v.outcome = 'NEEDS_APPROVAL' and exists (
               select 1 from jsonb_array_elements(v.levels) with ordinality as l(level, position)
               where (select count(*) from approval a
                      where a.request_id = r.id and a.level = l.position - 1 and a.decision = 'approve')
                     < (l.level ->> 'quorum')::int) then 'PENDING_APPROVAL'
           when r.starts_at is not null then 'SCHEDULED'
           else 'PROVISIONING'
       end as state,
       case
           when x.extended_at is not null then 'EXTENDED'
           when rc.confirmed_at is not null and gc.confirmed_at is null then 'FAILED'
           when rc.confirmed_at is not null then rv.reason
           when g.started_at is null and e.outcome is not null then e.outcome
           when v.outcome = 'DENIED' then 'DENIED'
       end as outcome,
       v.outcome as verdict_outcome, v.findings, v.levels, v.duration_limit, v.obligations, v.rulebook,
       (select coalesce(jsonb_agg(jsonb_build_object('level', v.levels -> a.level ->> 'name', 'approver', a.approver,
                   'decision', a.decision, 'comment', a.comment, 'at', a.decided_at, 'forPerson', b.for_person,
                   'narrowedTo', case when n.approver is not null
                       then jsonb_build_object('entitlement', n.entitlement, 'duration', n.duration) end)
                   order by a.decided_at), '[]')
        from approval a
        left join approval_on_behalf b on b.request_id = a.request_id and b.approver = a.approver
        left join approval_narrowing n on n.request_id = a.request_id and n.approver = a.approver
        where a.request_id = r.id) as approvals,
       g.principal, gc.confirmed_at as granted_at, g.started_at,
       greatest(g.expires_at, (select max(later.expires_at) from grant_extension later where later.grant_id = r.id))
           as expires_at,
       rc.confirmed_at as access_ended_at, rv.reason as end_reason,
       coalesce(g.entitlement,
                (select n.entitlement from approval_narrowing n
                 join approval a on a.request_id = n.request_id and a.approver = n.approver
                 where n.request_id = r.id order by a.decided_at desc limit 1),
                r.entitlement) as given_entitlement,
       ext.grant_id as extends,
       (select coalesce(jsonb_agg(made.request_id order by asked.submitted_at), '[]')
        from extension made join access_request asked on asked.id = made.request_id
        where made.grant_id = r.id) as extensions
from access_request r
left join verdict v on v.request_id = r.id
left join request_end e on e.request_id = r.id
left join access_grant g on g.request_id = r.id
left join grant_confirmation gc on gc.request_id = r.id
left join revocation rv on rv.request_id = r.id
left join revocation_confirmation rc on rc.request_id = r.id
left join extension ext on ext.request_id = r.id
left join grant_extension x on x.request_id = r.id;

-- A million waiting timers: the engine's own schema has no index that finds the few that are due.
create index if not exists drawbridge_job_due on act_ru_job (duedate_);
-- From now on each job has a date, and only those that have one are looked for.
update act_ru_job set duedate_ = now() where duedate_ is null;

-- The engine forgets an instance that is deleted, and accounts change through many doors: both are noticed here,
-- whichever way they happen, and wait for the sweeper.
create table to_look_at (
    id         bigint generated always as identity primary key,
    request_id uuid,
    person     text
);

create function notice_a_process_that_is_gone() returns trigger language plpgsql as $$
declare carried uuid;
begin
    select r.id into carried from access_request_now r where r.process_instance_id = old.id_ and r.state <> 'ENDED';
    if carried is not null then
        insert into to_look_at (request_id) values (carried);
    end if;
    return null;
end $$;
create trigger drawbridge_process_gone after delete on act_ru_execution
    for each row when (old.parent_id_ is null) execute function notice_a_process_that_is_gone();

create function notice_an_account_that_changed() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'act_id_user' then
        insert into to_look_at (person) values (old.id_);
    else
        insert into to_look_at (person) values (old.user_id_);
    end if;
    return null;
end $$;
create trigger drawbridge_account_gone after delete on act_id_user
    for each row execute function notice_an_account_that_changed();
create trigger drawbridge_group_left after delete or update on act_id_membership
    for each row execute function notice_an_account_that_changed();
