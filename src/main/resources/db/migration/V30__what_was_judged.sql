-- What an entitlement was when it was judged for a request: if it is another thing by the time that access is to be given, what was
-- agreed to then is not agreed to.
create table judged_entitlement (
    request_id  uuid not null references access_request,
    entitlement text not null,
    fingerprint text not null,
    primary key (request_id, entitlement, fingerprint)
);

create trigger judged_entitlement_only_added before update or delete on judged_entitlement
    for each row execute function refuse_change_of_a_fact();
create trigger judged_entitlement_not_truncated before truncate on judged_entitlement
    for each statement execute function refuse_change_of_a_fact();
