-- What a company's own process asks people to do for a request, beside the answers of approvers.
create table own_task (
    -- The engine's.
    id         text        primary key,
    request_id uuid        not null references access_request,
    task_key   text        not null,
    name       text        not null,
    -- Whom it is for.
    groups     jsonb       not null,
    people     jsonb       not null,
    created_at timestamptz not null
);
create index own_task_request on own_task (request_id);

create table own_task_done (
    task_id      text        primary key references own_task,
    completed_by text        not null,
    -- Which account it was; one that is made anew under the same id is somebody else.
    generation   uuid        not null,
    note         text        not null,
    completed_at timestamptz not null
);

-- It is over without having been done: its process went on, or ended.
create table own_task_gone (
    task_id text        primary key references own_task,
    gone_at timestamptz not null
);

-- Who published what the engine has, so that it can be said whose work is replaced.
create table process_publication (
    -- The engine's.
    deployment_id text        primary key,
    published_by  text        not null,
    published_at  timestamptz not null
);

do $$
declare fact text;
begin
    foreach fact in array array['own_task', 'own_task_done', 'own_task_gone', 'process_publication'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
