-- Where migrations have an account of their own (spring.flyway.user), it owns what they made, and the application's account may add to
-- the tables of facts and read them, and no more. Where one account does both, triggers alone refuse to change a fact.
do $$
declare
    app    text := '${application}';
    thing  record;
    fact   boolean;
begin
    if app = '' or app = current_user or not exists (select 1 from pg_roles where rolname = app) then
        return;
    end if;
    -- What earlier releases made with the application's account is moved over; the engine's tables stay the engine's.
    for thing in
        select c.oid, c.relname, c.relkind, c.relowner from pg_class c
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'v') and c.relname !~ '^act_'
    loop
        if thing.relowner <> current_user::regrole then
            execute format('alter %s %I owner to %I', case thing.relkind when 'v' then 'view' else 'table' end, thing.relname, current_user);
        end if;
        fact := exists (select 1 from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                        where t.tgrelid = thing.oid and p.proname = 'refuse_change_of_a_fact');
        execute format('revoke all on %I from %I, public', thing.relname, app);
        if thing.relkind = 'v' or thing.relname = 'flyway_schema_history' then
            execute format('grant select on %I to %I', thing.relname, app);
        elsif fact then
            execute format('grant select, insert on %I to %I', thing.relname, app);
        else
            execute format('grant select, insert, update, delete on %I to %I', thing.relname, app);
        end if;
    end loop;
    -- To lock a request's row takes the right to update some column of it. The trigger refuses that all the same, and is not the
    -- application's to take away.
    execute format('grant update (id) on access_request to %I', app);
    for thing in
        select p.oid::regprocedure as signature from pg_proc p
        where p.pronamespace = current_schema()::regnamespace and p.proowner <> current_user::regrole
          and pg_has_role(current_user, p.proowner, 'usage')
    loop
        execute format('alter function %s owner to %I', thing.signature, current_user);
    end loop;
end $$;
