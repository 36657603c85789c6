-- No facts but indexes of them, as open_grant is (V5): what is not over is found without looking at what is. How they follow
-- the facts, and how they are made anew, stands in R__what_is_open.sql, which also fills them.

-- One row for each request that has not ended.
create table open_request (
    request_id   uuid primary key,
    requester    text        not null,
    entitlement  text        not null,
    submitted_at timestamptz not null
);
create index open_request_requester on open_request (requester);
create index open_request_submitted on open_request (submitted_at, request_id);

-- One row for each mail that is not sent; what has not been tried yet comes before everything.
create table mail_waiting (
    mail_id     uuid primary key,
    written_at  timestamptz not null,
    next_try_at timestamptz not null default '-infinity',
    failures    int         not null default 0
);
create index mail_waiting_next on mail_waiting (next_try_at, written_at);

-- One row for each difference that nobody has settled.
create table open_discrepancy (
    discrepancy_id uuid primary key,
    kind           text not null
);

-- Who may look at a request beside who asked: whom a level names, by person or group, and who has had a part in it. By time,
-- and with what lists are narrowed to, since a person may have seen many.
create table request_reader (
    reader       text        not null,
    is_group     boolean     not null,
    -- Which account it was, where it answered or handed over; an account made anew is somebody else.
    generation   uuid,
    request_id   uuid        not null,
    requester    text        not null,
    entitlement  text        not null,
    submitted_at timestamptz not null
);
create index request_reader_newest on request_reader (reader, is_group, submitted_at, request_id)
    include (entitlement, generation);
create index request_reader_of_requester
    on request_reader (reader, is_group, requester, submitted_at, request_id) include (entitlement, generation);
create index request_reader_of_entitlement
    on request_reader (reader, is_group, entitlement, submitted_at, request_id) include (generation);

-- Lists go by time, the newest first, and by what they are narrowed to.
create index access_request_newest on access_request (submitted_at, id);
create index access_request_of_requester on access_request (requester, submitted_at, id);
create index access_request_of_entitlement on access_request (entitlement, submitted_at, id);
create index access_request_of_both on access_request (requester, entitlement, submitted_at, id);
drop index access_request_requester;
drop index access_request_entitlement;
drop index mail_written;
drop index discrepancy_kind;
