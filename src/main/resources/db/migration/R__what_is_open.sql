-- What is derived from the facts and changes with the product, made anew whenever this file changes: what a request is now,
-- how the indexes of what is not over follow the facts, what they should hold by the facts, and how they are set right.

-- In one order, before anything else: a node that runs meanwhile waits, and neither waits for the other.
lock table access_request, verdict, request_end, approval, approval_account, escalation, hand_over, hand_over_account, own_task, own_task_done, access_grant,
    grant_confirmation, grant_failure, grant_begun_later, grant_extension, revocation, revocation_failure, revocation_confirmation, discrepancy,
    discrepancy_settled, mail, mail_failure, mail_sent in share row exclusive mode;

-- What a company's process has asked people to do, and nobody has done.
drop view if exists access_request_now;
drop view if exists own_task_open;
create view own_task_open as
select t.* from own_task t
where not exists (select 1 from own_task_done d where d.task_id = t.id)
  and not exists (select 1 from own_task_gone o where o.task_id = t.id);

-- Access as it was given: its time begins with it, and ends where the last that was added says.
drop view if exists grant_now;
create view grant_now as
select g.request_id, g.principal, g.entitlement, g.target_system, g.target_role,
       coalesce(l.started_at, g.started_at) as started_at,
       greatest(g.expires_at, l.expires_at, (select max(x.expires_at) from grant_extension x
                                             where x.grant_id = g.request_id)) as expires_at
from access_grant g
left join grant_begun_later l on l.request_id = g.request_id;

-- The one place where state is derived from facts.
create view access_request_now as
select r.*,
       case
           when rc.confirmed_at is not null or x.extended_at is not null then 'ENDED'
           -- While access is there, it is shown, whatever else has ended.
           when rv.requested_at is not null then 'REVOKING'
           when gc.confirmed_at is not null then 'ACTIVE'
           when g.principal is not null then 'PROVISIONING'
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
           when g.principal is null and e.outcome is not null then e.outcome
           when v.outcome = 'DENIED' then 'DENIED'
       end as outcome,
       v.outcome as verdict_outcome, v.findings, v.levels, v.duration_limit, v.obligations, v.rulebook,
       v.publication,
       -- Where no answer was asked for there is none to look for.
       case when v.outcome = 'NEEDS_APPROVAL' then
           (select coalesce(jsonb_agg(jsonb_build_object('level', v.levels -> a.level ->> 'name', 'approver', a.approver,
                       'decision', a.decision, 'comment', a.comment, 'at', a.decided_at, 'forPerson', b.for_person,
                       'narrowedTo', case when n.approver is not null
                           then jsonb_build_object('entitlement', n.entitlement, 'duration', n.duration) end)
                       order by a.decided_at), '[]')
            from approval a
            left join approval_on_behalf b on b.request_id = a.request_id and b.approver = a.approver
            left join approval_narrowing n on n.request_id = a.request_id and n.approver = a.approver
            where a.request_id = r.id)
           else '[]' end as approvals,
       g.principal, gc.confirmed_at as granted_at, g.started_at, g.expires_at,
       rc.confirmed_at as access_ended_at, rv.reason as end_reason,
       coalesce(g.entitlement,
                (select n.entitlement from approval_narrowing n
                 join approval a on a.request_id = n.request_id and a.approver = n.approver
                 where n.request_id = r.id order by a.decided_at desc limit 1),
                r.entitlement) as given_entitlement,
       ext.grant_id as extends,
       (select coalesce(jsonb_agg(made.request_id order by asked.submitted_at), '[]')
        from extension made join access_request asked on asked.id = made.request_id
        where made.grant_id = g.request_id) as extensions,
       -- What the process asks people to do for it now, beside the answers of approvers.
       (select coalesce(jsonb_agg(jsonb_build_object('task', t.task_key, 'name', t.name, 'groups', t.groups, 'people', t.people,
                   'since', t.created_at) order by t.created_at, t.id), '[]')
        from own_task_open t where t.request_id = r.id) as waits_for,
       case
           when rc.confirmed_at is not null or x.extended_at is not null then coalesce(rc.confirmed_at, x.extended_at)
           when g.principal is null then coalesce(e.ended_at, case when v.outcome = 'DENIED' then v.decided_at end)
       end as ended_at,
       case when rc.confirmed_at is not null then rv.requested_by else e.ended_by end as ended_by,
       case when rc.confirmed_at is not null then rv.note else e.reason end as end_note
from access_request r
left join verdict v on v.request_id = r.id
left join request_end e on e.request_id = r.id
left join grant_now g on g.request_id = r.id
left join grant_confirmation gc on gc.request_id = r.id
left join revocation rv on rv.request_id = r.id
left join revocation_confirmation rc on rc.request_id = r.id
left join extension ext on ext.request_id = r.id
left join grant_extension x on x.request_id = r.id;

-- What is not over, by the facts alone. Whoever asks for all of it looks at everything that ever was: ask for some.
drop view if exists open_request_by_the_facts;
create view open_request_by_the_facts as
select r.id as request_id, r.requester, r.entitlement, r.submitted_at
from access_request r
where not exists (select 1 from revocation_confirmation c where c.request_id = r.id)
  and not exists (select 1 from grant_extension x where x.request_id = r.id)
  and (exists (select 1 from access_grant g where g.request_id = r.id)
       or not exists (select 1 from request_end e where e.request_id = r.id)
          and not exists (select 1 from verdict v where v.request_id = r.id and v.outcome = 'DENIED'));

-- One second, then twice as long each time, up to a minute: a target that comes back is not kept waiting.
create or replace function next_revocation(failed_at timestamptz, failures int) returns timestamptz
    language sql immutable as $$
    select failed_at + least(power(2, least(failures, 10) - 1), 60) * interval '1 second'
$$;

drop view if exists open_grant_by_the_facts;
create view open_grant_by_the_facts as
select g.request_id, least(given.until, rv.requested_at) as ends_at,
       coalesce(next_revocation(f.failed_at, f.number), rv.requested_at, given.until) as next_try_at,
       coalesce(f.number, 0) as failures,
       case when gc.request_id is null and rv.request_id is null then
           (select count(*) from grant_failure failed where failed.request_id = g.request_id)::int
           else 0 end as not_given
from access_grant g
left join grant_begun_later l on l.request_id = g.request_id
left join grant_confirmation gc on gc.request_id = g.request_id
left join revocation rv on rv.request_id = g.request_id
left join lateral (select failed.failed_at, failed.number from revocation_failure failed
                   where failed.request_id = g.request_id order by failed.number desc limit 1) f on true
cross join lateral (
    select greatest(g.expires_at, l.expires_at, max(x.expires_at)) as until from grant_extension x
    where x.grant_id = g.request_id and (rv.requested_at is null or x.extended_at <= rv.requested_at)) given
where not exists (select 1 from revocation_confirmation c where c.request_id = g.request_id);

-- Half a minute, then twice as long each time, up to a quarter of an hour.
create or replace function next_mailing(failed_at timestamptz, failures int) returns timestamptz
    language sql immutable as $$
    select failed_at + least(30 * power(2, least(failures, 10) - 1), 900) * interval '1 second'
$$;

drop view if exists mail_waiting_by_the_facts;
create view mail_waiting_by_the_facts as
select m.id as mail_id, m.written_at, coalesce(next_mailing(f.failed_at, f.number), '-infinity') as next_try_at,
       coalesce(f.number, 0) as failures
from mail m
left join lateral (select failed.failed_at, failed.number from mail_failure failed
                   where failed.mail_id = m.id order by failed.number desc limit 1) f on true
where not exists (select 1 from mail_sent s where s.mail_id = m.id);

drop view if exists request_reader_by_the_facts;
create view request_reader_by_the_facts as
select readers.*, r.requester, r.entitlement, r.submitted_at
from (select v.request_id, named.reader, named.is_group, null::uuid as generation
      from verdict v
      cross join lateral jsonb_array_elements(v.levels) level
      cross join lateral (
          select jsonb_array_elements_text(level -> 'groups') as reader, true as is_group
          union all
          select jsonb_array_elements_text(level -> 'people'), false) named
      where v.levels <> '[]'
      union all
      select distinct tier.request_id, jsonb_array_elements_text(tier.groups), true, null::uuid from escalation tier
      union all
      select a.request_id, a.approver, false, answered.generation
      from approval a left join approval_account answered using (request_id, approver)
      union all
      select t.request_id, d.completed_by, false, d.generation
      from own_task_done d join own_task t on t.id = d.task_id
      union all
      select h.request_id, h.from_person, false, made.from_generation
      from hand_over h left join hand_over_account made on made.hand_over_id = h.id) readers
join access_request r on r.id = readers.request_id;

-- In the transaction of each fact.
create or replace function open_request_follows_the_facts() returns trigger language plpgsql as $$
begin
    case tg_table_name
        when 'access_request' then
            insert into open_request values (new.id, new.requester, new.entitlement, new.submitted_at)
            on conflict do nothing;
        when 'access_grant' then
            -- Access is open, whatever has ended before; mostly nothing has.
            if not exists (select 1 from open_request where request_id = new.request_id) then
                insert into open_request
                select * from open_request_by_the_facts where request_id = new.request_id
                on conflict do nothing;
            end if;
        when 'verdict', 'request_end' then
            delete from open_request
            where request_id = new.request_id
              and not exists (select 1 from access_grant g where g.request_id = new.request_id);
        else
            delete from open_request where request_id = new.request_id;
    end case;
    return null;
end $$;
create or replace trigger access_request_moves_open_request after insert on access_request
    for each row execute function open_request_follows_the_facts();
create or replace trigger verdict_moves_open_request after insert on verdict
    for each row when (new.outcome = 'DENIED') execute function open_request_follows_the_facts();
create or replace trigger request_end_moves_open_request after insert on request_end
    for each row execute function open_request_follows_the_facts();
create or replace trigger access_grant_moves_open_request after insert on access_grant
    for each row execute function open_request_follows_the_facts();
create or replace trigger revocation_confirmation_moves_open_request after insert on revocation_confirmation
    for each row execute function open_request_follows_the_facts();
create or replace trigger grant_extension_moves_open_request after insert on grant_extension
    for each row execute function open_request_follows_the_facts();

create or replace function open_grant_follows_the_facts() returns trigger language plpgsql as $$
begin
    case tg_table_name
        when 'access_grant' then
            insert into open_grant (request_id, ends_at, next_try_at)
            values (new.request_id, new.expires_at, new.expires_at);
        when 'grant_failure' then
            update open_grant set not_given = new.number
            where request_id = new.request_id
              and not exists (select 1 from grant_confirmation gc where gc.request_id = new.request_id)
              and not exists (select 1 from revocation rv where rv.request_id = new.request_id);
        when 'grant_confirmation' then
            update open_grant set not_given = 0 where request_id = new.request_id and not_given > 0;
        when 'grant_begun_later' then
            update open_grant set ends_at = new.expires_at, next_try_at = new.expires_at
            where request_id = new.request_id
              and not exists (select 1 from revocation rv where rv.request_id = new.request_id);
        when 'grant_extension' then
            update open_grant set ends_at = new.expires_at, next_try_at = new.expires_at
            where request_id = new.grant_id
              and not exists (select 1 from revocation rv where rv.request_id = new.grant_id);
        when 'revocation' then
            update open_grant
            set ends_at = least(ends_at, new.requested_at), next_try_at = new.requested_at, not_given = 0
            where request_id = new.request_id;
        when 'revocation_failure' then
            update open_grant
            set failures = new.number, next_try_at = next_revocation(new.failed_at, new.number)
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

create or replace trigger grant_failure_moves_open_grant after insert on grant_failure
    for each row execute function open_grant_follows_the_facts();
create or replace trigger grant_confirmation_moves_open_grant after insert on grant_confirmation
    for each row execute function open_grant_follows_the_facts();
create or replace trigger grant_begun_later_moves_open_grant after insert on grant_begun_later
    for each row execute function open_grant_follows_the_facts();

create or replace function mail_waiting_follows_the_facts() returns trigger language plpgsql as $$
begin
    case tg_table_name
        when 'mail' then
            insert into mail_waiting (mail_id, written_at) values (new.id, new.written_at);
        when 'mail_failure' then
            update mail_waiting set failures = new.number, next_try_at = next_mailing(new.failed_at, new.number)
            where mail_id = new.mail_id;
        when 'mail_sent' then
            delete from mail_waiting where mail_id = new.mail_id;
    end case;
    return null;
end $$;
create or replace trigger mail_moves_mail_waiting after insert on mail
    for each row execute function mail_waiting_follows_the_facts();
create or replace trigger mail_failure_moves_mail_waiting after insert on mail_failure
    for each row execute function mail_waiting_follows_the_facts();
create or replace trigger mail_sent_moves_mail_waiting after insert on mail_sent
    for each row execute function mail_waiting_follows_the_facts();

create or replace function open_discrepancy_follows_the_facts() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'discrepancy' then
        insert into open_discrepancy values (new.id, new.kind);
    else
        delete from open_discrepancy where discrepancy_id = new.discrepancy_id;
    end if;
    return null;
end $$;
create or replace trigger discrepancy_moves_open_discrepancy after insert on discrepancy
    for each row execute function open_discrepancy_follows_the_facts();
create or replace trigger discrepancy_settled_moves_open_discrepancy after insert on discrepancy_settled
    for each row execute function open_discrepancy_follows_the_facts();

create or replace function request_reader_follows_the_facts() returns trigger language plpgsql as $$
begin
    case tg_table_name
        when 'verdict' then
            insert into request_reader (reader, is_group, request_id, requester, entitlement, submitted_at)
            select distinct named.reader, named.is_group, r.id, r.requester, r.entitlement, r.submitted_at
            from access_request r
            cross join lateral jsonb_array_elements(new.levels) level
            cross join lateral (
                select jsonb_array_elements_text(level -> 'groups') as reader, true as is_group
                union all
                select jsonb_array_elements_text(level -> 'people'), false) named
            where r.id = new.request_id;
        when 'escalation' then
            insert into request_reader (reader, is_group, request_id, requester, entitlement, submitted_at)
            select tier.reader, true, r.id, r.requester, r.entitlement, r.submitted_at
            from access_request r cross join lateral jsonb_array_elements_text(new.groups) tier (reader)
            where r.id = new.request_id;
        when 'approval_account' then
            insert into request_reader
            select new.approver, false, new.generation, r.id, r.requester, r.entitlement, r.submitted_at
            from access_request r where r.id = new.request_id;
        when 'own_task_done' then
            insert into request_reader
            select new.completed_by, false, new.generation, r.id, r.requester, r.entitlement, r.submitted_at
            from own_task t join access_request r on r.id = t.request_id where t.id = new.task_id;
        when 'hand_over_account' then
            insert into request_reader
            select h.from_person, false, new.from_generation, r.id, r.requester, r.entitlement, r.submitted_at
            from hand_over h join access_request r on r.id = h.request_id where h.id = new.hand_over_id;
    end case;
    return null;
end $$;
create or replace trigger verdict_moves_request_reader after insert on verdict
    for each row when (new.levels <> '[]') execute function request_reader_follows_the_facts();
create or replace trigger escalation_moves_request_reader after insert on escalation
    for each row execute function request_reader_follows_the_facts();
create or replace trigger approval_account_moves_request_reader after insert on approval_account
    for each row execute function request_reader_follows_the_facts();
create or replace trigger own_task_done_moves_request_reader after insert on own_task_done
    for each row execute function request_reader_follows_the_facts();
create or replace trigger hand_over_account_moves_request_reader after insert on hand_over_account
    for each row execute function request_reader_follows_the_facts();

-- Only what is open is worth a look.
create or replace function notice_a_process_that_is_gone() returns trigger language plpgsql as $$
declare carried uuid;
begin
    select r.id into carried from access_request r join open_request o on o.request_id = r.id
    where r.process_instance_id = old.id_;
    if carried is not null then
        insert into to_look_at (request_id) values (carried);
    end if;
    return null;
end $$;

-- The requests of a slice whose place in an index is not what the facts say. One statement, so that what commits meanwhile is
-- seen in both or in neither.
create or replace function open_indexes_differing(from_request uuid, to_request uuid)
    returns table (index_name text, request_id uuid) language sql stable as $$
    select 'open_request', coalesce(fact.request_id, kept.request_id)
    from (select * from open_request_by_the_facts f where f.request_id >= from_request and f.request_id <= to_request) fact
    full join (select * from open_request o where o.request_id >= from_request and o.request_id <= to_request) kept
        on kept.request_id = fact.request_id
    where kept is distinct from fact
    union all
    select 'open_grant', coalesce(fact.request_id, kept.request_id)
    from (select f.request_id, f.ends_at, f.next_try_at, f.failures, f.not_given from open_grant_by_the_facts f
          where f.request_id >= from_request and f.request_id <= to_request) fact
    full join (select o.request_id, o.ends_at, o.next_try_at, o.failures, o.not_given from open_grant o
               where o.request_id >= from_request and o.request_id <= to_request) kept
        on kept.request_id = fact.request_id
    where kept is distinct from fact
$$;

-- Makes the places of one request in the indexes anew from the facts; whoever calls has locked the request.
create or replace function set_open_right(of_request uuid) returns void language sql as $$
    delete from open_request where request_id = of_request;
    insert into open_request
    select request_id, requester, entitlement, submitted_at from open_request_by_the_facts where request_id = of_request;
    delete from open_grant where request_id = of_request;
    insert into open_grant (request_id, ends_at, next_try_at, failures, not_given)
    select request_id, ends_at, next_try_at, failures, not_given from open_grant_by_the_facts where request_id = of_request;
$$;

-- Makes all indexes anew from the facts; facts wait meanwhile.
create or replace function make_open_anew() returns void language plpgsql as $$
begin
    lock table open_request, open_grant, mail_waiting, open_discrepancy, request_reader in share row exclusive mode;
    delete from open_request;
    insert into open_request
    select request_id, requester, entitlement, submitted_at from open_request_by_the_facts;
    delete from open_grant;
    insert into open_grant (request_id, ends_at, next_try_at, failures, not_given)
    select request_id, ends_at, next_try_at, failures, not_given from open_grant_by_the_facts;
    delete from mail_waiting;
    insert into mail_waiting
    select mail_id, written_at, next_try_at, failures from mail_waiting_by_the_facts;
    delete from open_discrepancy;
    insert into open_discrepancy
    select d.id, d.kind from discrepancy d
    where not exists (select 1 from discrepancy_settled s where s.discrepancy_id = d.id);
    truncate request_reader;
    insert into request_reader
    select reader, is_group, generation, request_id, requester, entitlement, submitted_at from request_reader_by_the_facts;
end $$;
select make_open_anew();
