-- What was handed over can be handed back, or taken back, and handed over once more. Facts, as in V1.
alter table hand_over drop constraint hand_over_pkey;
alter table hand_over add column id uuid not null default gen_random_uuid();
alter table hand_over add primary key (id);
create index hand_over_request on hand_over (request_id, level);

create table hand_back (
    hand_over_id   uuid primary key references hand_over,
    by_person      text        not null,
    handed_back_at timestamptz not null
);
create trigger hand_back_only_added before update or delete on hand_back
    for each row execute function refuse_change_of_a_fact();
create trigger hand_back_not_truncated before truncate on hand_back
    for each statement execute function refuse_change_of_a_fact();

-- To find the deputies of one person, and the earliest appointed of them.
create index deputy_appointed on deputy (person, appointed_at);
