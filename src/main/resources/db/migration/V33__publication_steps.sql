-- How far each publication has got: proposed, on trial, agreed to, in force, withdrawn. What is in force is the latest that ever came LIVE. Facts,
-- as in V1.
create table publication_step (
    id         bigint      generated always as identity primary key,
    number     bigint      not null references publication,
    stage      text        not null check (stage in ('PROPOSED', 'SHADOW', 'CANARY', 'AGREED', 'LIVE', 'WITHDRAWN')),
    -- What was in force until then: a proposal builds on it, a trial runs beside it; none for the first.
    base       bigint      references publication,
    -- LIVE: what the engine calls the process that requests go by from then on.
    definition text,
    -- CANARY: for whose requests it counts.
    groups     text[]      not null default '{}',
    percent    int         not null default 0 check (percent between 0 and 100),
    -- CANARY: by how many percentage points more than among the others it may refuse, fail and time out, and from how many requests on.
    refused    int,
    failed     int,
    timed_out  int,
    after      int,
    -- A person's id, or 'system'.
    actor      text        not null,
    note       text        not null,
    at         timestamptz not null,
    check ((stage = 'CANARY') = (refused is not null and failed is not null and timed_out is not null and after is not null)),
    check ((stage = 'LIVE') = (definition is not null))
);
create index publication_step_number on publication_step (number, id);
-- Once each: to go back is to publish the same files under a number of their own.
create unique index publication_step_live on publication_step (number) where stage = 'LIVE';

-- Until now each came into force when it was published.
insert into publication_step (number, stage, base, definition, actor, note, at)
select number, 'LIVE', lag(number) over (order by number), definition, author, '', published_at
from publication order by number;

-- What another set of rules, in the shadow, would have said to a judgement otherwise than what was in force.
create table shadow_difference (
    number     bigint      not null references publication,
    request_id uuid        not null references access_request,
    -- Its id.
    judgement  bigint      not null,
    -- Whether the facts on record say all of it.
    certain    boolean     not null,
    difference jsonb       not null,
    noticed_at timestamptz not null,
    primary key (number, request_id, judgement)
);

do $$
declare fact text;
begin
    foreach fact in array array['publication_step', 'shadow_difference'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
