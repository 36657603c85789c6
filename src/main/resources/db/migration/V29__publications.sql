-- What process owners published: all files under rules/ and processes/ that the product reads, as one numbered whole. Facts, as in V1.

-- What files hold, by its SHA-256: what did not change from one publication to the next is there once.
create table publication_content (
    sha256  text  primary key,
    content bytea not null
);

create table publication (
    number       bigint      primary key,
    fingerprint  text        not null,
    -- A person's id, or 'system' for the server's folders at a start.
    author       text        not null,
    note         text        not null,
    -- What the engine calls the process that requests go by.
    definition   text        not null,
    published_at timestamptz not null
);

create table publication_file (
    number bigint not null references publication,
    -- Such as rules/levels.yaml.
    path   text   not null,
    sha256 text   not null references publication_content,
    primary key (number, path)
);

-- What the server's folders held when they were published, so that it can be said whether they have changed since.
create table publication_of_folders (
    number    bigint primary key references publication,
    rules     text   not null,
    processes text   not null
);

-- By which publication it was judged; earlier releases had none.
alter table verdict add column publication bigint references publication;

do $$
declare fact text;
begin
    foreach fact in array array['publication_content', 'publication', 'publication_file', 'publication_of_folders'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
