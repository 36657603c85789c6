-- Requests that are over, as the product records them: six in ten granted by the rules alone, one after two levels of approval,
-- one denied, one rejected, timed out or withdrawn, one ended early. Two years of them, the newest a day old.
-- Written without triggers, which would put each into the indexes of what is open and take it out again.
-- split:first
drop table if exists bench_past;
create unlogged table bench_past as
select n, md5('past' || n)::uuid as id, 'past' || 1 + n % :people as who,
       case when kind = 'EARLY' or kind = 'AUTOMATIC' then (array['app-logs-read', 'orders-read'])[1 + n % 2]
            when kind = 'DENIED' then 'orders-admin' else 'orders-write' end as what,
       kind, now() - interval '1 day' - n * (interval '2 years' / :many) as at
from (select n, (array['AUTOMATIC', 'AUTOMATIC', 'AUTOMATIC', 'AUTOMATIC', 'AUTOMATIC', 'AUTOMATIC', 'EARLY', 'APPROVED',
                       'DENIED', (array['REJECTED', 'TIMED_OUT', 'WITHDRAWN'])[1 + n / 10 % 3]])[1 + n % 10] as kind
      from generate_series(1, :many) n) numbered;
alter table bench_past add column granted boolean generated always as (kind in ('AUTOMATIC', 'EARLY', 'APPROVED')) stored;
analyze bench_past;
-- split:one
insert into access_request (id, process_instance_id, requester, entitlement, duration, justification, ticket, submitted_at)
select id, 'past-' || n, who, what, 'PT1H', 'Find out why the checkout is slow since yesterday', 'OPS-' || n, at
from bench_past order by id;
insert into request_account
select p.id, a.generation from bench_past p join account a on a.id = p.who order by p.id;
insert into request_sign_in select id, 'form', false, at - interval '1 hour', '192.0.2.7' from bench_past order by id;
insert into verdict (request_id, outcome, findings, levels, obligations, rulebook, request_digest, decided_at)
select id,
       case when kind in ('AUTOMATIC', 'EARLY') then 'ALLOWED' when kind = 'DENIED' then 'DENIED' else 'NEEDS_APPROVAL' end,
       case when kind in ('AUTOMATIC', 'EARLY') then
                '[{"rule": "automatic/low-up-to-an-hour", "effect": "ALLOW", "message": "Low-sensitivity access for up to an hour is granted automatically.", "value": null}]'
            when kind = 'DENIED' then
                '[{"rule": "contractors/never-critical", "effect": "DENY", "message": "Contractors are never given critical access; ask an engineer of your team to do it with you.", "value": null}]'
            else
                '[{"rule": "sensitivity/high-needs-manager-and-owner", "effect": "REQUIRE_APPROVAL", "message": "High-sensitivity access needs your manager, then an owner.", "value": "manager"}, {"rule": "sensitivity/high-needs-manager-and-owner", "effect": "REQUIRE_APPROVAL", "message": "High-sensitivity access needs your manager, then an owner.", "value": "owner"}]'
       end::jsonb,
       case when kind in ('AUTOMATIC', 'EARLY', 'DENIED') then '[]'
            else '[{"name": "manager", "groups": [], "people": ["manager"], "quorum": 1, "deadline": "PT20H", "zone": "Europe/Berlin", "remindEvery": "PT4H", "escalations": [{"after": "PT8H", "groups": ["managers"]}], "source": "REQUESTERS_MANAGER", "schedule": null}, {"name": "owner", "groups": ["orders-owners"], "people": [], "quorum": 1, "deadline": "PT20H", "zone": "Europe/Berlin", "remindEvery": "PT4H", "escalations": [{"after": "PT10H", "groups": ["security"]}], "source": "RESOURCE_OWNERS", "schedule": null}]'
       end::jsonb,
       '[]', repeat('0', 64), encode(sha256(convert_to('past' || n, 'UTF8')), 'hex'), at
from bench_past order by id;
insert into audit_entry (at, actor, kind, request_id, sentence, details)
select at, who, 'request-submitted', id, who || ' asked for ' || what || ' for one hour: Find out why the checkout is slow since yesterday',
       jsonb_build_object('entitlement', what, 'duration', 'PT1H')
from bench_past order by n desc;
insert into audit_entry (at, actor, kind, request_id, sentence, details)
select at, 'system', 'verdict-given', id, 'The guardrails judged the request of ' || who || ' for ' || what,
       jsonb_build_object('outcome', kind, 'rulebook', repeat('0', 64))
from bench_past order by n desc;
-- split:two
insert into access_grant (request_id, principal, entitlement, target_system, target_role, started_at, expires_at)
select id, 'drawbridge_' || lpad(to_hex(n), 12, '0'), what, 'orders', replace(what, '-', '_'), at + interval '1 second',
       at + interval '1 hour'
from bench_past where granted order by id;
insert into grant_confirmation select id, at + interval '1 second' from bench_past where granted order by id;
insert into revocation (request_id, reason, requested_by, note, requested_at)
select id, case when kind = 'EARLY' then 'RETURNED' else 'EXPIRED' end, case when kind = 'EARLY' then who else 'system' end, '',
       at + case when kind = 'EARLY' then interval '20 minutes' else interval '1 hour' end
from bench_past where granted order by id;
insert into revocation_confirmation
select id, at + case when kind = 'EARLY' then interval '20 minutes' else interval '1 hour' end
from bench_past where granted order by id;
insert into request_end (request_id, outcome, ended_by, reason, ended_at)
select id, kind, case when kind = 'WITHDRAWN' then who when kind = 'REJECTED' then 'manager' else 'system' end, 'It is over',
       at + interval '3 hours'
from bench_past where kind in ('REJECTED', 'TIMED_OUT', 'WITHDRAWN') order by id;
insert into approval (request_id, level, approver, decision, comment, decided_at)
select id, 0, 'manager', case when kind = 'REJECTED' then 'reject' else 'approve' end, 'I have looked into it',
       at + interval '30 minutes'
from bench_past where kind in ('APPROVED', 'REJECTED') order by id;
insert into approval (request_id, level, approver, decision, comment, decided_at)
select id, 1, 'owner', 'approve', 'I have looked into it', at + interval '40 minutes'
from bench_past where kind = 'APPROVED' order by id;
insert into approval_account
select a.request_id, a.approver, k.generation
from approval a join bench_past p on p.id = a.request_id join account k on k.id = a.approver order by 1;
insert into level_opening
select id, 0, at from bench_past where kind in ('APPROVED', 'REJECTED', 'TIMED_OUT', 'WITHDRAWN') order by id;
insert into audit_entry (at, actor, kind, request_id, sentence)
select at + interval '30 minutes', 'manager', 'approval-given', id, 'manager answered as manager: I have looked into it'
from bench_past where kind in ('APPROVED', 'REJECTED') order by n desc;
insert into audit_entry (at, actor, kind, request_id, sentence)
select at + interval '1 second', 'system', 'access-granted', id, who || ' was given ' || what || ' for one hour'
from bench_past where granted order by n desc;
insert into audit_entry (at, actor, kind, request_id, sentence)
select at + interval '1 hour', 'system', case when granted then 'access-revoked' else 'request-ended' end, id,
       case when granted then what || ' of ' || who || ' is gone from orders' else 'The request of ' || who || ' ended' end
from bench_past where kind <> 'DENIED' order by n desc;
-- split:derived
do $$ begin
    -- Where lists have an index of who may read what, it holds the past too.
    if to_regclass('request_reader_by_the_facts') is not null then
        insert into request_reader (reader, is_group, generation, request_id, requester, entitlement, submitted_at)
        select f.reader, f.is_group, f.generation, f.request_id, f.requester, f.entitlement, f.submitted_at
        from request_reader_by_the_facts f
        where exists (select 1 from bench_past p where p.id = f.request_id);
    end if;
    -- What the record is searched by.
    if to_regclass('access_held') is not null then
        insert into request_about
        select p.id, k.resource, k.sensitivity, k.personal_data
        from bench_past p cross join lateral entitlement_at(p.what, p.at) k;
        insert into verdict_rule
        select distinct f ->> 'rule', v.request_id
        from bench_past p join verdict v on v.request_id = p.id, jsonb_array_elements(v.findings) f;
        insert into access_held
        select p.id, p.who, p.what, k.resource, k.sensitivity, k.personal_data, p.at + interval '1 second', rc.confirmed_at,
               p.kind in ('AUTOMATIC', 'EARLY'), p.n % 16 > 0
        from bench_past p join revocation_confirmation rc on rc.request_id = p.id
        left join lateral entitlement_at(p.what, p.at) k on true;
    end if;
end $$;
