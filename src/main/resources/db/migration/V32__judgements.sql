-- What each judgement went by, as it was seen at that moment: so that it can be told later why it was so, and what other rules would
-- have said. Facts, as in V1.
create table judgement (
    id          bigint      generated always as identity,
    request_id  uuid        not null references access_request,
    -- When it was asked for, or later, when access was to be given.
    occasion    text        not null check (occasion in ('SUBMISSION', 'GRANT')),
    judged_at   timestamptz not null,
    -- By which rules; none before a node has started.
    publication bigint      references publication,
    -- What was said; none at the submission, since that is the verdict.
    outcome     text        check (outcome in ('ALLOWED', 'NEEDS_APPROVAL', 'DENIED')),
    findings    jsonb,
    facts       jsonb       not null,
    primary key (request_id, id),
    check ((occasion = 'SUBMISSION') = (outcome is null) and (outcome is null) = (findings is null))
);
-- Judgements of the last days are tried on other rules.
create index judgement_judged_at on judgement (judged_at);

create trigger judgement_only_added before update or delete on judgement
    for each row execute function refuse_change_of_a_fact();
create trigger judgement_not_truncated before truncate on judgement
    for each statement execute function refuse_change_of_a_fact();
