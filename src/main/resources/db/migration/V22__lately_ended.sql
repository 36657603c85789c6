-- What ended lately is looked for every few seconds: its process must have ended too.
create index revocation_confirmation_confirmed_at on revocation_confirmation (confirmed_at);

-- Steps of process instances that go on for unusually long: what comes to no end is stopped.
create table process_steps (
    process_instance_id varchar(64) primary key,
    steps               int         not null
);
