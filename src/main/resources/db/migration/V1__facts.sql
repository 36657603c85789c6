-- Facts, not status: every table is append-only, each row is something that happened to a request.
-- What a request "is" now is derived from them, in one place: the view access_request_now.

create table access_request (
    id                  uuid primary key,
    process_instance_id text        not null unique,
    requester           text        not null,
    entitlement         text        not null,
    duration            text        not null,
    justification       text        not null,
    ticket              text,
    starts_at           timestamptz,
    submitted_at        timestamptz not null
);
create index access_request_requester on access_request (requester, submitted_at desc);
create index access_request_entitlement on access_request (entitlement);

-- How the requester had signed in when asking: rules judged by it.
create table request_sign_in (
    request_id   uuid primary key references access_request,
    method       text        not null,
    mfa          boolean     not null,
    signed_in_at timestamptz not null,
    address      text        not null
);

create table verdict (
    request_id     uuid primary key references access_request,
    outcome        text        not null check (outcome in ('ALLOWED', 'NEEDS_APPROVAL', 'DENIED')),
    findings       jsonb       not null,
    levels         jsonb       not null,
    duration_limit text,
    obligations    jsonb       not null,
    rulebook       text        not null,
    request_digest text        not null,
    decided_at     timestamptz not null
);

-- One row a person and request: nobody answers twice, nobody fills two levels.
create table approval (
    request_id uuid        not null references access_request,
    level      int         not null,
    approver   text        not null,
    decision   text        not null check (decision in ('approve', 'reject')),
    comment    text        not null,
    decided_at timestamptz not null,
    primary key (request_id, approver)
);

-- A request that ended without access: denied, rejected, timed out, withdrawn, failed.
create table request_end (
    request_id uuid primary key references access_request,
    outcome    text        not null check (outcome in ('DENIED', 'REJECTED', 'TIMED_OUT', 'WITHDRAWN', 'FAILED')),
    ended_by   text        not null,
    reason     text        not null,
    ended_at   timestamptz not null
);

-- Recorded before the target is touched, so that whatever breaks afterwards, somebody knows what to take away.
create table access_grant (
    request_id  uuid primary key references access_request,
    principal   text        not null unique,
    entitlement text        not null,
    -- Where it is, kept here since the catalog may change while the grant lives.
    target_system text      not null,
    target_role text        not null,
    started_at  timestamptz not null,
    expires_at  timestamptz not null,
    check (expires_at > started_at)
);
create index access_grant_expires on access_grant (expires_at);

-- The target has confirmed that the access is there.
create table grant_confirmation (
    request_id   uuid primary key references access_grant,
    confirmed_at timestamptz not null
);

-- Access has to end: the obligation.
create table revocation (
    request_id   uuid primary key references access_grant,
    reason       text        not null check (reason in ('EXPIRED', 'RETURNED', 'REVOKED', 'FAILED')),
    requested_by text        not null,
    note         text        not null,
    requested_at timestamptz not null
);

-- The target has confirmed that nothing is left: the obligation is met.
create table revocation_confirmation (
    request_id   uuid primary key references revocation,
    confirmed_at timestamptz not null
);

create table audit_entry (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    actor      text        not null,
    kind       text        not null,
    request_id uuid,
    sentence   text        not null,
    details    jsonb       not null default '{}'
);
create index audit_entry_request on audit_entry (request_id, id);

create function refuse_change_of_a_fact() returns trigger language plpgsql as $$
begin
    raise exception 'Facts are only ever added: % on % is refused', tg_op, tg_table_name;
end $$;

do $$
declare fact text;
begin
    foreach fact in array array['access_request', 'request_sign_in', 'verdict', 'approval', 'request_end',
        'access_grant', 'grant_confirmation', 'revocation', 'revocation_confirmation', 'audit_entry'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;

-- The one place where state is derived from facts.
create view access_request_now as
select r.*,
       case
           when e.outcome is not null or rc.confirmed_at is not null then 'ENDED'
           when rv.requested_at is not null then 'REVOKING'
           when gc.confirmed_at is not null then 'ACTIVE'
           when g.started_at is not null then 'PROVISIONING'
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
           when e.outcome is not null then e.outcome
           when rc.confirmed_at is not null and gc.confirmed_at is null then 'FAILED'
           when rc.confirmed_at is not null then rv.reason
           when v.outcome = 'DENIED' then 'DENIED'
       end as outcome,
       v.outcome as verdict_outcome, v.findings, v.levels, v.duration_limit, v.obligations, v.rulebook,
       (select coalesce(jsonb_agg(jsonb_build_object('level', v.levels -> a.level ->> 'name', 'approver', a.approver,
                   'decision', a.decision, 'comment', a.comment, 'at', a.decided_at) order by a.decided_at), '[]')
        from approval a where a.request_id = r.id) as approvals,
       g.principal, gc.confirmed_at as granted_at, g.started_at, g.expires_at,
       rc.confirmed_at as access_ended_at, rv.reason as end_reason
from access_request r
left join verdict v on v.request_id = r.id
left join request_end e on e.request_id = r.id
left join access_grant g on g.request_id = r.id
left join grant_confirmation gc on gc.request_id = r.id
left join revocation rv on rv.request_id = r.id
left join revocation_confirmation rc on rc.request_id = r.id;
