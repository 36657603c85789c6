-- A level begins to wait once, however often its process comes by. Facts, as in V1.
create table level_opening (
    request_id uuid        not null references access_request,
    level      int         not null,
    opened_at  timestamptz not null,
    primary key (request_id, level)
);
-- What waits already was told to those whom it waits for.
insert into level_opening
select pending.id, opened.position - 1, now()
from access_request_now pending, jsonb_array_elements(pending.levels) with ordinality as opened(level, position)
where pending.state = 'PENDING_APPROVAL'
  and not exists (
      select 1 from jsonb_array_elements(pending.levels) with ordinality as earlier(level, position)
      where earlier.position < opened.position
        and (select count(*) from approval a
             where a.request_id = pending.id and a.level = earlier.position - 1 and a.decision = 'approve')
            < (earlier.level ->> 'quorum')::int);

-- Which accounts handed over, and were handed, as in V10: whoever gets such an id later has agreed to neither. What was
-- handed over before has none, and counts as it did.
create table hand_over_account (
    hand_over_id    uuid primary key references hand_over,
    from_generation uuid not null,
    to_generation   uuid not null
);
create function note_the_accounts_of_a_hand_over() returns trigger language plpgsql set search_path from current as $$
begin
    insert into hand_over_account
    values (new.id,
            coalesce((select generation from account where id = new.from_person), gen_random_uuid()),
            coalesce((select generation from account where id = new.to_person), gen_random_uuid()));
    return null;
end $$;
create trigger drawbridge_hand_over_account after insert on hand_over
    for each row execute function note_the_accounts_of_a_hand_over();

do $$
declare fact text;
begin
    foreach fact in array array['level_opening', 'hand_over_account'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
