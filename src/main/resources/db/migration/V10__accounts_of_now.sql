-- An id may be given again once its account is gone: who acts is the account, not the id. Each account has a number that
-- changes when it is made anew, and another that changes as well with whatever it signs in with. No facts but what holds now,
-- kept by triggers, through whichever door an account changes.
create table account (
    id         text primary key,
    generation uuid not null,
    credential uuid not null
);
insert into account select id_, gen_random_uuid(), gen_random_uuid() from act_id_user;

-- Ends every sign-in of an account. For whatever an account signs in with: its password, and what else there may be one day.
create function end_sign_ins(of_account text) returns void language sql set search_path from current as $$
    update account set credential = gen_random_uuid() where id = of_account;
    delete from spring_session where principal_name = of_account;
$$;

create function account_follows_the_engine() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'TRUNCATE' then
        delete from account;
        delete from spring_session;
        return null;
    end if;
    if tg_op in ('DELETE', 'UPDATE') then
        perform end_sign_ins(old.id_);
    end if;
    if tg_op = 'DELETE' or tg_op = 'UPDATE' and old.id_ <> new.id_ then
        delete from account where id = old.id_;
        -- Nobody stands in any longer in the name of who is gone, nor as them: who gets the id next has agreed to neither.
        insert into deputy_dismissal (deputy_id, dismissed_at)
        select d.id, now() from deputy d
        where old.id_ in (d.person, d.deputy)
        on conflict do nothing;
    end if;
    if tg_op = 'INSERT' or tg_op = 'UPDATE' and old.id_ <> new.id_ then
        insert into account values (new.id_, gen_random_uuid(), gen_random_uuid())
        on conflict (id) do update set generation = excluded.generation, credential = excluded.credential;
        perform end_sign_ins(new.id_);
    end if;
    return null;
end $$;
create trigger drawbridge_account_made after insert or delete on act_id_user
    for each row execute function account_follows_the_engine();
create trigger drawbridge_account_changed after update on act_id_user
    for each row when (old.id_ <> new.id_ or old.pwd_ is distinct from new.pwd_ or old.salt_ is distinct from new.salt_)
    execute function account_follows_the_engine();
create trigger drawbridge_accounts_gone after truncate on act_id_user
    for each statement execute function account_follows_the_engine();

-- Which account asked, and which answered. Facts, as in V1; requests and answers of before have none.
create table request_account (
    request_id uuid primary key references access_request,
    generation uuid not null
);
create table approval_account (
    request_id uuid not null,
    approver   text not null,
    generation uuid not null,
    primary key (request_id, approver),
    foreign key (request_id, approver) references approval (request_id, approver)
);

-- With the act itself, so that no door can leave it out; without an account it is the act of nobody.
create function note_the_account() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_table_name = 'access_request' then
        insert into request_account
        values (new.id, coalesce((select generation from account where id = new.requester), gen_random_uuid()));
    else
        insert into approval_account
        values (new.request_id, new.approver,
                coalesce((select generation from account where id = new.approver), gen_random_uuid()));
    end if;
    return null;
end $$;
create trigger drawbridge_request_account after insert on access_request
    for each row execute function note_the_account();
create trigger drawbridge_approval_account after insert on approval
    for each row execute function note_the_account();

do $$
declare fact text;
begin
    foreach fact in array array['request_account', 'approval_account'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
