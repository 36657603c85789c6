-- What approvers can do beside approving and refusing. Facts, as in V1.

-- An approval for less than was asked for.
create table approval_narrowing (
    request_id  uuid not null,
    approver    text not null,
    entitlement text not null,
    duration    text not null,
    primary key (request_id, approver),
    foreign key (request_id, approver) references approval (request_id, approver)
);

-- An answer that was given for somebody else, as their deputy or because they handed it over.
create table approval_on_behalf (
    request_id uuid not null,
    approver   text not null,
    for_person text not null,
    primary key (request_id, approver),
    foreign key (request_id, approver) references approval (request_id, approver)
);

-- What an approver asks the requester back; the level's clock stands still until the answer is there.
create table question (
    id         uuid primary key,
    request_id uuid        not null references access_request,
    level      int         not null,
    asked_by   text        not null,
    text       text        not null,
    asked_at   timestamptz not null
);
create index question_request on question (request_id, asked_at);
create table answer (
    question_id uuid primary key references question,
    text        text        not null,
    answered_at timestamptz not null
);

create table hand_over (
    request_id   uuid        not null references access_request,
    level        int         not null,
    from_person  text        not null,
    to_person    text        not null,
    handed_at    timestamptz not null,
    primary key (request_id, level, from_person, to_person)
);

create table deputy (
    id           uuid primary key,
    person       text        not null,
    deputy       text        not null,
    starts_at    timestamptz not null,
    ends_at      timestamptz not null,
    appointed_at timestamptz not null,
    check (starts_at < ends_at),
    check (person <> deputy)
);
create index deputy_deputy on deputy (deputy, ends_at);
create index deputy_person on deputy (person, ends_at);
create table deputy_dismissal (
    deputy_id    uuid primary key references deputy,
    dismissed_at timestamptz not null
);

do $$
declare fact text;
begin
    foreach fact in array array['approval_narrowing', 'approval_on_behalf', 'question', 'answer', 'hand_over', 'deputy',
        'deputy_dismissal'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
