-- What time does to a level that waits: reminders, and tiers that were added. Facts, as in V1.
create table reminder (
    request_id  uuid        not null references access_request,
    level       int         not null,
    number      int         not null,
    reminded_at timestamptz not null,
    primary key (request_id, level, number)
);

create table escalation (
    request_id   uuid        not null references access_request,
    level        int         not null,
    tier         int         not null,
    groups       jsonb       not null,
    escalated_at timestamptz not null,
    primary key (request_id, level, tier)
);

do $$
declare fact text;
begin
    foreach fact in array array['reminder', 'escalation'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
