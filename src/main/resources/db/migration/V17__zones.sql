-- On whose clock a person reads times: the zone that they have chosen, and the one that their browser last had, which counts
-- for mail where nothing is chosen. No facts but what holds now, and gone with the account: who gets its id next begins anew.
create table account_zone (
    id         text not null references account on delete cascade,
    generation uuid not null,
    chosen     text,
    browser    text,
    primary key (id, generation)
);
