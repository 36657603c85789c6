package dev.drawbridge.request;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.RequestRows.Unnamed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads requests back, each person only those that concern them; auditors, operators and security all. */
@Repository
public class RequestViews {
    private static final Set<String> SEE_ALL = Set.of("auditors", "operators", "security");

    /** Of a request {@code n} as it is now. */
    static final String VISIBLE = "(n.requester = :viewer and " + RequestLists.OWN.formatted("n.id") + """
             or exists (select 1 from approval a
                        left join approval_account answered using (request_id, approver)
                        where a.request_id = n.id and a.approver = :viewer
                          and (answered.generation is null
                               or answered.generation = (select generation from account where account.id = :viewer)))
             or exists (select 1 from own_task t join own_task_done d on d.task_id = t.id
                        where t.request_id = n.id and d.completed_by = :viewer
                          and d.generation = (select generation from account where account.id = :viewer))
             or exists (select 1 from hand_over h
                        left join hand_over_account made on made.hand_over_id = h.id
                        where h.request_id = n.id
                          and (h.from_person = :viewer
                               and (made.hand_over_id is null or made.from_generation
                                    = (select generation from account where account.id = :viewer))
                               or h.to_person = :viewer
                               and (made.hand_over_id is null or made.to_generation
                                    = (select generation from account where account.id = :viewer))
                               and not exists (select 1 from hand_back b where b.hand_over_id = h.id)))
             or exists (select 1 from escalation tier
                        where tier.request_id = n.id and jsonb_exists_any(tier.groups, :groups))
             or exists (select 1 from act_ru_task t join act_ru_identitylink c on c.task_id_ = t.id_
                        where t.proc_inst_id_ = n.process_instance_id
                          and (c.user_id_ = :viewer or c.group_id_ = any(:groups)))
             or exists (select 1 from jsonb_array_elements(n.levels) l
                        where jsonb_exists(l -> 'people', :viewer)
                           or jsonb_exists_any(l -> 'groups', :groups)))
            """;

    /** What somebody asked for lately may have ended later than what they asked for since; but not behind so many. */
    private static final String OWN_LATELY = """
            select ended.id from (
                select r.id from access_request r
                where r.requester = :viewer and %s
                  and not exists (select 1 from open_request o where o.request_id = r.id)
                order by r.submitted_at desc, r.id desc limit 200) ended
            cross join lateral (select n.ended_at from access_request_now n where n.id = ended.id offset 0) n
            order by n.ended_at desc nulls last, ended.id limit :most
            """.formatted(RequestLists.OWN.formatted("r.id"));

    private final JdbcClient jdbc;
    private final RequestRows rows;
    private final Directory people;

    RequestViews(JdbcClient jdbc, RequestRows rows, Directory people) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.people = people;
    }

    /** What a list may be narrowed to; none of a part means any. */
    public record Filter(
            @Nullable String state,
            @Nullable String requester,
            @Nullable String entitlement) {}

    /** The request, if this person may see it; to others it does not exist. */
    public Optional<RequestView> find(String viewer, UUID id) {
        Set<String> groups = groupsOf(viewer);
        boolean all = seesAll(groups);
        return views(jdbc.sql("select * from access_request_now n where n.id = :id" + (all ? "" : " and " + VISIBLE))
                        .param("id", id)
                        .param("viewer", viewer)
                        .param("groups", groups.toArray(String[]::new)))
                .stream()
                .findFirst();
    }

    /** As {@link #find}, refusing with {@link Refusal.Kind#NOT_FOUND} what is not there for this person. */
    public RequestView require(String viewer, UUID id) {
        return find(viewer, id)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND,
                        "unknown-request",
                        "There is no such request, or it is not yours to see."));
    }

    /** The request as it is, whoever asks: for what the product itself goes by. */
    public RequestView of(UUID id) {
        return views(jdbc.sql("select * from access_request_now where id = :id").param("id", id))
                .get(0);
    }

    /**
     * Some of the requests that a person may see, newest first.
     *
     * @param next where the next page begins; none where nothing follows
     */
    record Page(List<RequestView> items, @Nullable PageMark next) {}

    /** One page: behind a mark, or behind so many; from the newest where neither is given. */
    Page list(String viewer, Filter filter, @Nullable PageMark after, long skip, int size) {
        Set<String> groups = groupsOf(viewer);
        RequestLists.Wanted wanted =
                new RequestLists.Wanted(viewer, List.copyOf(groups), seesAll(groups), filter, after, skip, size);
        List<RequestView> found = views(jdbc.sql(RequestLists.statement(wanted)).params(wanted.parameters()));
        List<RequestView> shown = found.subList(0, Math.min(size, found.size()));
        return new Page(shown, found.size() > size ? PageMark.of(shown.get(size - 1)) : null);
    }

    /**
     * What a person asked for: what is not over, the newest first, and behind that what is, the latest ending first, but no more
     * than so many.
     */
    public Own own(String person, int mostOfThePast) {
        return new Own(rows(
                jdbc.sql("select n.* from (select o.request_id as id from open_request o where o.requester = :viewer"
                                + " and "
                                + RequestLists.OWN.formatted("o.request_id") + " union (" + OWN_LATELY + ")) mine"
                                + RequestLists.NOW.formatted("mine.id")
                                + "order by n.ended_at desc nulls first, n.submitted_at desc, n.id")
                        .param("viewer", person)
                        .param("most", mostOfThePast)));
    }

    /** What was read of a person's own requests, before anybody in it has a name. */
    public static final class Own {
        private final List<Unnamed> rows;

        private Own(List<Unnamed> rows) {
            this.rows = rows;
        }

        /** Everybody who has a part in them. */
        public Set<String> people() {
            return rows.stream().flatMap(row -> row.people().stream()).collect(Collectors.toSet());
        }

        public Set<UUID> ids() {
            return rows.stream().map(Unnamed::id).collect(Collectors.toSet());
        }

        /** The process instances that carry what is not over. */
        public List<String> instances() {
            return rows.stream()
                    .filter(row -> !row.state().equals("ENDED"))
                    .map(Unnamed::instance)
                    .toList();
        }

        public List<RequestView> named(Map<String, String> names) {
            return rows.stream().map(row -> row.view().apply(names)).toList();
        }
    }

    private static boolean seesAll(Set<String> groups) {
        return groups.stream().anyMatch(SEE_ALL::contains);
    }

    /** Whoever calls is in the groups of this very call. */
    private Set<String> groupsOf(String viewer) {
        return CurrentSignIn.groupsOf(viewer).orElseGet(() -> people.groupsOf(viewer));
    }

    /** With one more statement for the names of everybody in them. */
    private List<RequestView> views(JdbcClient.StatementSpec statement) {
        List<Unnamed> rows = rows(statement);
        Map<String, String> names = people.namesById(
                rows.stream().flatMap(row -> row.people().stream()).toList());
        return rows.stream().map(row -> row.view().apply(names)).toList();
    }

    private List<Unnamed> rows(JdbcClient.StatementSpec statement) {
        return statement.query((row, number) -> rows.read(row)).list();
    }
}
