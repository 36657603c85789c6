-- Who somebody is at an identity provider, by what that never gives to anybody else. A name there can be changed, and can be
-- that of an account here which is another person's: it makes an account once, and finds none. No facts but what holds now,
-- gone with the account.
create table account_subject (
    issuer     text        not null,
    subject    text        not null,
    account    text        not null unique references account on delete cascade,
    -- Which account of this id, as in V10.
    generation uuid        not null,
    -- When what was last taken over was said there: what was said before counts no more.
    told_at    timestamptz not null,
    primary key (issuer, subject)
);

-- Where the provider says that the person's clock is.
alter table account add column zone text;
