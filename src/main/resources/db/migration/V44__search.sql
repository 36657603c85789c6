-- What the record is searched by. Entries and facts stay as they are: there are indexes of them, and three narrow tables beside them,
-- filled by triggers in the statement of the fact, so that whoever writes says nothing more than before.

-- Newest first, all of it, by who did it, and by what it is.
create index audit_entry_newest on audit_entry (at, id);
create index audit_entry_of_actor on audit_entry (actor, at, id);
create index audit_entry_of_kind on audit_entry (kind, at, id);
-- By words; an id's parts are words as well. What was written since the index was last tidied up is looked through one by one, so
-- that is kept short.
create function words_of(sentence text) returns tsvector language sql immutable parallel safe return
    to_tsvector('simple'::regconfig, translate(sentence, '-_/.', '    '));
create index audit_entry_words on audit_entry using gin (words_of(sentence)) with (gin_pending_list_limit = 512);

-- Whom an entry names beside who did it, and beside who asked.
create function people_named(details jsonb) returns text[] language sql immutable parallel safe return
    array_remove(array[details ->> 'person', details ->> 'deputy', details ->> 'to', details ->> 'from', details ->> 'account',
                       details ->> 'by', details ->> 'forPerson'], null)
    || array(select jsonb_array_elements_text(
                 case when jsonb_typeof(details -> 'added') = 'array' then details -> 'added' else '[]' end));
create index audit_entry_naming on audit_entry using gin (people_named(details)) where people_named(details) <> '{}';

create index approval_of_approver on approval (approver, decided_at, request_id);
create index approval_on_behalf_of on approval_on_behalf (for_person, request_id);
create index approval_narrowing_to on approval_narrowing (entitlement, request_id);
create index verdict_of_publication on verdict (publication, request_id);
create index verdict_denied on verdict (decided_at, request_id) where outcome = 'DENIED';
create index access_request_of_ticket on access_request (ticket, id) where ticket is not null;
create index request_end_of_outcome on request_end (outcome, request_id);
create index revocation_of_reason on revocation (reason, request_id);
create index grant_confirmation_confirmed_at on grant_confirmation (confirmed_at, request_id);

-- What an entitlement was at a moment; before anything was known of it, what was first.
create function entitlement_at(entitlement text, moment timestamptz) returns setof entitlement_known language sql stable
begin atomic
    select * from entitlement_known k where k.id = entitlement
    order by k.known_at > moment, abs(extract(epoch from k.known_at - moment)) limit 1;
end;

-- What was asked for, as it was then; none of it where that is not known.
create table request_about (
    request_id    uuid primary key references access_request,
    resource      text,
    sensitivity   text,
    personal_data boolean
);

-- Which guardrails counted for a request.
create table verdict_rule (
    rule       text not null,
    request_id uuid not null references access_request,
    primary key (rule, request_id)
);

-- Access that is over: who held what from when to when, whether people had to agree, and whether its credential was ever revealed.
create table access_held (
    request_id    uuid primary key references access_grant,
    requester     text        not null,
    entitlement   text        not null,
    resource      text,
    sensitivity   text,
    personal_data boolean,
    held_from     timestamptz not null,
    held_until    timestamptz not null,
    by_rules      boolean     not null,
    revealed      boolean     not null
);

create function note_what_is_searched() returns trigger language plpgsql as $$
begin
    case tg_table_name
        when 'access_request' then
            insert into request_about
            select new.id, k.resource, k.sensitivity, k.personal_data from entitlement_at(new.entitlement, new.submitted_at) k
            on conflict do nothing;
        when 'verdict' then
            insert into verdict_rule
            select distinct f ->> 'rule', new.request_id from jsonb_array_elements(new.findings) f where f ->> 'rule' is not null
            on conflict do nothing;
        when 'revocation_confirmation' then
            insert into access_held
            select g.request_id, r.requester, g.entitlement, k.resource, k.sensitivity, k.personal_data,
                   least(coalesce(l.started_at, g.started_at), new.confirmed_at), new.confirmed_at,
                   coalesce(v.outcome = 'ALLOWED', false),
                   exists (select 1 from audit_entry e where e.request_id = new.request_id and e.kind = 'credential-revealed')
            from access_grant g
            join grant_confirmation gc on gc.request_id = g.request_id
            join access_request r on r.id = g.request_id
            left join grant_begun_later l on l.request_id = g.request_id
            left join verdict v on v.request_id = g.request_id
            left join lateral entitlement_at(g.entitlement, g.started_at) k on true
            where g.request_id = new.request_id
            on conflict do nothing;
    end case;
    return null;
end $$;

insert into request_about
select r.id, k.resource, k.sensitivity, k.personal_data
from access_request r cross join lateral entitlement_at(r.entitlement, r.submitted_at) k;
insert into verdict_rule
select distinct f ->> 'rule', v.request_id from verdict v, jsonb_array_elements(v.findings) f where f ->> 'rule' is not null;
insert into access_held
select g.request_id, r.requester, g.entitlement, k.resource, k.sensitivity, k.personal_data,
       least(coalesce(l.started_at, g.started_at), rc.confirmed_at), rc.confirmed_at, coalesce(v.outcome = 'ALLOWED', false),
       exists (select 1 from audit_entry e where e.request_id = g.request_id and e.kind = 'credential-revealed')
from revocation_confirmation rc
join access_grant g on g.request_id = rc.request_id
join grant_confirmation gc on gc.request_id = g.request_id
join access_request r on r.id = g.request_id
left join grant_begun_later l on l.request_id = g.request_id
left join verdict v on v.request_id = g.request_id
left join lateral entitlement_at(g.entitlement, g.started_at) k on true;

create index access_held_when on access_held using gist (tstzrange(held_from, held_until, '[]'));
create index access_held_newest on access_held (held_from, request_id);
create index access_held_of_requester on access_held (requester, held_from, request_id);
create index access_held_of_entitlement on access_held (entitlement, held_from, request_id);
create index access_held_unused on access_held (held_from, request_id) where not revealed;

create trigger access_request_is_searched after insert on access_request
    for each row execute function note_what_is_searched();
create trigger verdict_is_searched after insert on verdict
    for each row when (new.findings <> '[]') execute function note_what_is_searched();
create trigger revocation_confirmation_is_searched after insert on revocation_confirmation
    for each row execute function note_what_is_searched();

do $$
declare fact text;
begin
    foreach fact in array array['request_about', 'verdict_rule', 'access_held'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
