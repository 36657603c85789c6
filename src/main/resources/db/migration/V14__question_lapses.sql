-- The time for an answer was over. What stood for it was a text in its place, which a requester could type as well.
create table question_lapse (
    question_id uuid primary key references question,
    lapsed_at   timestamptz not null
);
insert into question_lapse select question_id, answered_at from answer where text = '(no answer came in time)';
create trigger question_lapse_only_added before update or delete on question_lapse
    for each row execute function refuse_change_of_a_fact();
create trigger question_lapse_not_truncated before truncate on question_lapse
    for each statement execute function refuse_change_of_a_fact();
