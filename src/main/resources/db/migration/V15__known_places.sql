-- What browsers are marked with that somebody has signed in with: known to all nodes, and to nobody else.
alter table installation
    add column device_key text not null default gen_random_uuid()::text || gen_random_uuid()::text;

-- From which networks accounts have lately signed in right: a note for hours, no fact.
create table known_place (
    account text        not null,
    network text        not null,
    at      timestamptz not null,
    primary key (account, network)
);
create index known_place_at on known_place (at);
