-- When a request ended, by whom and why, for those who asked: the same view with three more columns.
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
        where made.grant_id = r.id) as extensions,
       case
           when rc.confirmed_at is not null or x.extended_at is not null then coalesce(rc.confirmed_at, x.extended_at)
           when g.started_at is null then coalesce(e.ended_at, case when v.outcome = 'DENIED' then v.decided_at end)
       end as ended_at,
       case when rc.confirmed_at is not null then rv.requested_by else e.ended_by end as ended_by,
       case when rc.confirmed_at is not null then rv.note else e.reason end as end_note
from access_request r
left join verdict v on v.request_id = r.id
left join request_end e on e.request_id = r.id
left join access_grant g on g.request_id = r.id
left join grant_confirmation gc on gc.request_id = r.id
left join revocation rv on rv.request_id = r.id
left join revocation_confirmation rc on rc.request_id = r.id
left join extension ext on ext.request_id = r.id
left join grant_extension x on x.request_id = r.id;
