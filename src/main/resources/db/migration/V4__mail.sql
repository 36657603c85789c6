-- Word to people, written in the transaction of what it tells of and sent once that has committed. Facts, as in V1.
create table mail (
    id         uuid primary key,
    person     text        not null,
    address    text        not null,
    subject    text        not null,
    text       text        not null,
    html       text        not null,
    request_id uuid        not null references access_request,
    written_at timestamptz not null
);
create table mail_sent (
    mail_id uuid primary key references mail,
    sent_at timestamptz not null
);
create table mail_failure (
    mail_id   uuid        not null references mail,
    number    int         not null,
    reason    text        not null,
    failed_at timestamptz not null,
    primary key (mail_id, number)
);
create index mail_written on mail (written_at);

do $$
declare fact text;
begin
    foreach fact in array array['mail', 'mail_sent', 'mail_failure'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change_of_a_fact()',
            fact || '_only_added', fact);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change_of_a_fact()',
            fact || '_not_truncated', fact);
    end loop;
end $$;
