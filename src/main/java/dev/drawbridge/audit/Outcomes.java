package dev.drawbridge.audit;

import java.util.List;

/** How requests end, and which have ended so. */
final class Outcomes {
    static final List<String> ALL = List.of(
            "DENIED", "REJECTED", "TIMED_OUT", "WITHDRAWN", "EXPIRED", "RETURNED", "REVOKED", "FAILED", "EXTENDED");

    /** The requests that ended as {@code :outcome} says, as {@code access_request_now} tells it of one. */
    static final String SQL = """
            select v.request_id from verdict v where v.outcome = 'DENIED' and :outcome = 'DENIED'
            union all
            select e.request_id from request_end e
            where e.outcome = :outcome and not exists (select 1 from access_grant g where g.request_id = e.request_id)
            union all
            select rv.request_id from revocation rv
            join revocation_confirmation rc on rc.request_id = rv.request_id
            join grant_confirmation gc on gc.request_id = rv.request_id
            where rv.reason = :outcome
            union all
            select rc.request_id from revocation_confirmation rc
            where :outcome = 'FAILED'
              and not exists (select 1 from grant_confirmation gc where gc.request_id = rc.request_id)
            union all
            select x.request_id from grant_extension x where :outcome = 'EXTENDED'
            """;

    private Outcomes() {}
}
