-- No facts: what each node runs at this moment. It says so every few seconds, and is forgotten when it does not.
create table node_runs (
    node        uuid        not null,
    name        text        not null,
    part        text        not null,
    fingerprint text        not null,
    seen_at     timestamptz not null,
    primary key (node, part)
);
