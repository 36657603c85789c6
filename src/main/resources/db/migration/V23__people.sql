-- Who is behind a person: managers, one or more in order, sponsor and mentor. No facts but what holds now, gone with the
-- account; who changed what, before and after, is on the record.
create table person_relation (
    person     text not null references account on delete cascade,
    relation   text not null check (relation in ('MANAGER', 'SPONSOR', 'MENTOR')),
    place      int  not null,
    other      text not null,
    -- Which account of this id: whoever gets the id next is behind nobody.
    generation uuid not null,
    primary key (person, relation, place)
);
create index person_relation_other on person_relation (other);

-- recorded_at: since then the tables above say who is behind the person, and no longer what the engine keeps, as the versions
-- before did. left_at: who has left signs in no more, is asked no more, and holds nothing.
alter table account
    add column recorded_at timestamptz,
    add column employment  text check (employment in ('EMPLOYEE', 'CONTRACTOR', 'INTERN')),
    add column left_at     timestamptz;

-- Until when somebody is in a group; without a row, without an end.
create table membership_end (
    person   text        not null references account on delete cascade,
    group_id text        not null,
    ends_at  timestamptz not null,
    primary key (person, group_id)
);
create index membership_end_due on membership_end (ends_at);

-- One that has gone, through whichever door, takes its end with it: who is let in anew is let in without it.
create function membership_end_follows_the_engine() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'DELETE' or tg_op = 'UPDATE' and (old.user_id_ <> new.user_id_ or old.group_id_ <> new.group_id_) then
        delete from membership_end where person = old.user_id_ and group_id = old.group_id_;
    end if;
    if tg_op = 'INSERT' or tg_op = 'UPDATE' and (old.user_id_ <> new.user_id_ or old.group_id_ <> new.group_id_) then
        delete from membership_end where person = new.user_id_ and group_id = new.group_id_;
    end if;
    return null;
end $$;
create trigger drawbridge_membership_end after insert or delete or update on act_id_membership
    for each row execute function membership_end_follows_the_engine();

-- Who has left is looked at as one whose account is gone.
create function notice_who_has_left() returns trigger language plpgsql set search_path from current as $$
begin
    perform end_sign_ins(new.id);
    insert into to_look_at (person) values (new.id);
    return null;
end $$;
create trigger drawbridge_person_left after update on account
    for each row when (old.left_at is null and new.left_at is not null) execute function notice_who_has_left();

-- The engine keeps a manager by the id alone: whoever gets it once the account is gone leads nobody by what was written of the
-- one before. Gone with the person's account; it says nothing any more once the person's record is made.
create table manager_gone (
    person text not null references account on delete cascade,
    other  text not null,
    primary key (person, other)
);
create function notice_a_manager_who_is_gone() returns trigger language plpgsql set search_path from current as $$
begin
    insert into manager_gone (person, other)
    select p.id, i.value_ from act_id_info i join account p on p.id = i.user_id_
    where i.key_ = 'manager' and i.value_ = old.id
    on conflict do nothing;
    return null;
end $$;
create trigger drawbridge_manager_gone after delete on account
    for each row execute function notice_a_manager_who_is_gone();
create trigger drawbridge_manager_made_anew after update on account
    for each row when (old.generation <> new.generation) execute function notice_a_manager_who_is_gone();

-- What the versions before wrote is asked by whom it concerns, and by whom it names.
create index drawbridge_info_of on act_id_info (user_id_, key_);
create index drawbridge_info_value on act_id_info (value_, key_);
