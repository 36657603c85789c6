-- A request that waits, or starts later, can be revoked like access: it reads as revoked, not as withdrawn by who asked.
alter table request_end drop constraint request_end_outcome_check;
alter table request_end add constraint request_end_outcome_check
    check (outcome in ('DENIED', 'REJECTED', 'TIMED_OUT', 'WITHDRAWN', 'REVOKED', 'FAILED'));
