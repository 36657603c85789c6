-- Which Drawbridge this is: it marks the logins it makes on targets, and leaves alone those that another one made.
create table installation (
    only_one boolean primary key default true check (only_one),
    id       uuid not null
);
insert into installation (id) values (gen_random_uuid());
