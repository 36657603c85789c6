-- The target did not give it, or did not confirm it. It is tried again for as long as its window lasts.
create table grant_failure (
    request_id uuid        not null references access_grant,
    number     int         not null,
    reason     text        not null,
    failed_at  timestamptz not null,
    primary key (request_id, number)
);

-- Its target gave it only later than was decided: its time began with the access.
create table grant_begun_later (
    request_id uuid primary key references access_grant,
    started_at timestamptz not null,
    expires_at timestamptz not null,
    check (expires_at > started_at)
);

do $$
declare fact text;
begin
    foreach fact in array array['grant_failure', 'grant_begun_later'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;

-- How often a target has failed to give what it has not given since.
alter table open_grant add column not_given int not null default 0;
create index open_grant_not_given on open_grant (not_given) where not_given > 0;
