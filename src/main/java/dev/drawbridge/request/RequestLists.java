package dev.drawbridge.request;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statements that find which requests a list shows, newest first: each filter goes by an index in that order, so that a page
 * costs what it shows, not what there is. What is not over is found among what is not over.
 */
final class RequestLists {
    /** Asked by this account, and not by an earlier one of the same id. */
    static final String OWN = """
            not exists (select 1 from request_account asked
                        where asked.request_id = %s
                          and asked.generation is distinct from (select generation from account where account.id = :viewer))
            """;

    /** Of one request after the other: the planner must not look at all of them at once to show some. */
    static final String NOW = " cross join lateral (select * from access_request_now n where n.id = %s offset 0) n ";

    private static final String NEWEST_FIRST = " order by %1$s.submitted_at desc, %1$s.%2$s desc limit :most";

    private static final String GIVEN = "exists (select 1 from open_grant g where g.request_id = o.request_id)";
    // Looked up for one after the other until a page is full, and not for all at once.
    private static final String CONFIRMED =
            "(select c.confirmed_at from grant_confirmation c where c.request_id = o.request_id)";
    private static final String STARTS = "(select r.starts_at from access_request r where r.id = o.request_id)";
    private static final String ENDING = "(select v.requested_at from revocation v where v.request_id = o.request_id)";
    private static final String AS_IT_IS =
            "(select n.state from access_request_now n where n.id = o.request_id) = :state";

    /** Each level wants one answer at least: without as many it waits. */
    private static final String AGREED = """
            (select v.outcome = 'ALLOWED' or jsonb_array_length(v.levels) <= (
                 select count(*) from approval a where a.request_id = v.request_id and a.decision = 'approve')
             from verdict v where v.request_id = o.request_id)""";

    /** What a state is, of what is open: what leaves few of it, and what is to be looked up of those. */
    private record OfState(String few, String closely) {}

    private static final Map<String, OfState> STATES = Map.of(
            "PENDING_APPROVAL", new OfState("not " + GIVEN, AS_IT_IS),
            "SCHEDULED", new OfState("not " + GIVEN + " and " + STARTS + " is not null", AS_IT_IS),
            "PROVISIONING",
                    new OfState(
                            "(" + GIVEN + " or " + STARTS + " is null)",
                            "case when " + CONFIRMED + " is null and " + ENDING + " is null and " + AGREED
                                    + " is not false then " + AS_IT_IS + " end"),
            "ACTIVE", new OfState(GIVEN, CONFIRMED + " is not null and " + ENDING + " is null"),
            "REVOKING", new OfState(GIVEN, ENDING + " is not null"));

    private RequestLists() {}

    /**
     * What a list shows, and to whom.
     *
     * @param all whether the viewer sees everybody's
     * @param after where to go on; none: at the newest
     */
    record Wanted(
            String viewer,
            List<String> groups,
            boolean all,
            RequestViews.Filter filter,
            @Nullable PageMark after,
            long skip,
            int size) {
        /** One more than is shown tells whether more follow. */
        long most() {
            return skip + size + 1;
        }

        Map<String, Object> parameters() {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("viewer", viewer);
            parameters.put("groups", groups.toArray(String[]::new));
            parameters.put("most", most());
            parameters.put("skip", skip);
            put(parameters, "state", filter.state());
            put(parameters, "requester", filter.requester());
            put(parameters, "entitlement", filter.entitlement());
            if (after != null) {
                parameters.put("at", after.at().atOffset(ZoneOffset.UTC));
                parameters.put("id", after.id());
            }
            return parameters;
        }

        private static void put(Map<String, Object> parameters, String name, @Nullable String value) {
            if (value != null) {
                parameters.put(name, value);
            }
        }
    }

    /** The whole statement: the requests as they are now, of one page and the one behind it. */
    static String statement(Wanted wanted) {
        return "select n.* from (select * from (" + ids(wanted)
                + ") newest order by newest.submitted_at desc, newest.id desc offset :skip) page"
                + NOW.formatted("page.id")
                + "order by page.submitted_at desc, page.id desc";
    }

    private static String ids(Wanted wanted) {
        String state = wanted.filter().state();
        if (state != null && !state.equals("ENDED")) {
            return open(wanted, state);
        }
        return wanted.all() ? everybodys(wanted) : visible(wanted);
    }

    private static String open(Wanted wanted, String state) {
        String seen = wanted.all()
                ? ""
                : " cross join lateral (select r.id, r.requester, r.process_instance_id, v.levels from access_request r"
                        + " left join verdict v on v.request_id = r.id where r.id = o.request_id offset 0) n";
        OfState of = Objects.requireNonNull(STATES.get(state));
        return "select o.request_id as id, o.submitted_at from (select * from open_request o where " + of.few()
                + narrowed(wanted, "o", "request_id") + " order by o.submitted_at desc, o.request_id desc offset 0) o"
                + seen
                + " where " + of.closely() + (wanted.all() ? "" : " and " + RequestViews.VISIBLE)
                + NEWEST_FIRST.formatted("o", "request_id");
    }

    private static String everybodys(Wanted wanted) {
        return "select r.id, r.submitted_at from access_request r where true" + narrowed(wanted, "r", "id")
                + NEWEST_FIRST.formatted("r", "id");
    }

    /** Some of each way in which a person comes to see a request, the newest of each, and of these the newest. */
    private static String visible(Wanted wanted) {
        return Stream.of(
                                "select r.id, r.submitted_at from access_request r where r.requester = :viewer and "
                                        + OWN.formatted("r.id") + narrowed(wanted, "r", "id")
                                        + NEWEST_FIRST.formatted("r", "id"),
                                read(
                                        wanted,
                                        ":viewer and not p.is_group and (p.generation is null or p.generation ="
                                                + " (select generation from account where account.id = :viewer))"),
                                "select found.id, found.submitted_at from unnest(:groups) mine(id) cross join lateral ("
                                        + read(wanted, "mine.id and p.is_group") + ") found",
                                "select r.id, r.submitted_at from act_ru_identitylink c join act_ru_task t on t.id_ ="
                                        + " c.task_id_ join access_request r on r.process_instance_id = t.proc_inst_id_"
                                        + " where (c.user_id_ = :viewer or c.group_id_ = any(:groups))"
                                        + narrowed(wanted, "r", "id") + NEWEST_FIRST.formatted("r", "id"),
                                "select r.id, r.submitted_at from hand_over h left join hand_over_account made on"
                                        + " made.hand_over_id = h.id join access_request r on r.id = h.request_id"
                                        + " where h.to_person = :viewer and (made.hand_over_id is null or"
                                        + " made.to_generation = (select generation from account where account.id ="
                                        + " :viewer)) and not exists (select 1 from hand_back b where b.hand_over_id ="
                                        + " h.id)" + narrowed(wanted, "r", "id") + NEWEST_FIRST.formatted("r", "id"))
                        .map(way -> "(" + way + ")")
                        .collect(Collectors.joining(" union ", "select v.id, v.submitted_at from (", ") v"))
                + NEWEST_FIRST.formatted("v", "id");
    }

    private static String read(Wanted wanted, String reader) {
        return "select distinct on (p.submitted_at, p.request_id) p.request_id as id, p.submitted_at from"
                + " request_reader p where p.reader = " + reader + narrowed(wanted, "p", "request_id")
                + NEWEST_FIRST.formatted("p", "request_id");
    }

    private static String narrowed(Wanted wanted, String table, String id) {
        RequestViews.Filter filter = wanted.filter();
        return (filter.requester() == null ? "" : " and " + table + ".requester = :requester")
                + (filter.entitlement() == null ? "" : " and " + table + ".entitlement = :entitlement")
                + ("ENDED".equals(filter.state())
                        ? " and not exists (select 1 from open_request going where going.request_id = " + table + "."
                                + id + ")"
                        : "")
                + (wanted.after() == null
                        ? ""
                        : " and (" + table + ".submitted_at, " + table + "." + id + ") < (:at, :id)");
    }
}
