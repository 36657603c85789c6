-- The sealed log: each entry is a leaf of one append-only Merkle tree, whose root is signed (src/docs/audit-log.md). Facts, as in V1.

-- By which transaction it was added, so that what has been committed since the last look is found without looking at everything.
-- Entries of earlier releases are of this migration's.
alter table audit_entry add column xid xid8 not null default pg_current_xact_id();
-- Whoever knows the digest of the details and not the details cannot guess them. Entries of earlier releases have none.
alter table audit_entry add column salt uuid;
alter table audit_entry alter column salt set default gen_random_uuid();
create index audit_entry_xid on audit_entry (xid);

-- Where each entry stands. No foreign key: an entry that is gone must not take its leaf along.
create table audit_log_leaf (
    position bigint primary key check (position >= 0),
    entry_id bigint not null unique,
    hash     bytea  not null check (octet_length(hash) = 32)
);

-- From level 1 on: the root of 256 that are complete at the level below.
create table audit_log_node (
    level    smallint not null check (level > 0),
    position bigint   not null check (position >= 0),
    hash     bytea    not null check (octet_length(hash) = 32),
    primary key (level, position)
);

create table audit_log_checkpoint (
    size      bigint      primary key,
    root      bytea       not null check (octet_length(root) = 32),
    -- As it was given out: signed.
    note      text        not null,
    signed_at timestamptz not null,
    -- Whatever transaction is below had ended when this was made, and its entries are in here.
    horizon   xid8        not null,
    -- Whatever transaction is not below had not begun yet.
    begun     xid8        not null
);

-- What a witness said to it: a line of the signed note.
create table audit_log_cosignature (
    size        bigint      not null references audit_log_checkpoint,
    witness     text        not null,
    line        text        not null,
    cosigned_at timestamptz not null,
    primary key (size, witness)
);

-- The public halves of the keys that have signed, one after the other.
create table audit_log_key (
    number   bigint      generated always as identity primary key,
    verifier text        not null unique,
    since    timestamptz not null
);

do $$
declare fact text;
begin
    foreach fact in array array['audit_log_leaf', 'audit_log_node', 'audit_log_checkpoint', 'audit_log_cosignature', 'audit_log_key'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
