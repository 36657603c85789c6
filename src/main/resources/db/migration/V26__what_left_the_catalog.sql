-- What the catalog has had: what was held or asked for goes on being understood when it has left.
create table entitlement_known (
    id            text        not null,
    name          text        not null,
    resource      text        not null,
    system        text        not null,
    level         text        not null,
    sensitivity   text        not null,
    environment   text        not null,
    personal_data boolean     not null,
    masked        boolean     not null,
    requesters    text[]      not null,
    known_at      timestamptz not null,
    primary key (id, known_at)
);

-- That something was done for a grant on a target, put on record before it was done; and on which server, as that calls itself: an
-- address may lead to another one by the time that access ends.
create table grant_server (
    request_id uuid not null references access_grant,
    -- Empty where it did not say; once it does, that is one more.
    server     text not null,
    primary key (request_id, server)
);

-- Whoever decided on it says beforehand that the target is touched: where that is not on record, nothing was done. Earlier versions
-- did not.
alter table access_grant add column looked_before boolean;

do $$
declare fact text;
begin
    foreach fact in array array['entitlement_known', 'grant_server'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
