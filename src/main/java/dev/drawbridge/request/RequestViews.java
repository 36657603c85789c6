package dev.drawbridge.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads requests back, each person only those that concern them; auditors, operators and security all. */
@Repository
public class RequestViews {
    private static final Set<String> SEE_ALL = Set.of("auditors", "operators", "security");

    /** Asked by this account, and not by an earlier one of the same id. */
    private static final String OWN = """
            (requester = :viewer and not exists (
                select 1 from request_account asked
                where asked.request_id = access_request_now.id
                  and asked.generation is distinct from (select generation from account where account.id = :viewer)))
            """;

    private static final String VISIBLE = "(:all or " + OWN + """
             or exists (select 1 from approval a
                        left join approval_account answered using (request_id, approver)
                        where a.request_id = access_request_now.id and a.approver = :viewer
                          and (answered.generation is null
                               or answered.generation = (select generation from account where account.id = :viewer)))
             or exists (select 1 from hand_over h
                        left join hand_over_account made on made.hand_over_id = h.id
                        where h.request_id = access_request_now.id
                          and (h.from_person = :viewer
                               and (made.hand_over_id is null or made.from_generation
                                    = (select generation from account where account.id = :viewer))
                               or h.to_person = :viewer
                               and (made.hand_over_id is null or made.to_generation
                                    = (select generation from account where account.id = :viewer))
                               and not exists (select 1 from hand_back b where b.hand_over_id = h.id)))
             or exists (select 1 from escalation tier
                        where tier.request_id = access_request_now.id
                          and jsonb_exists_any(tier.groups, string_to_array(:groups, ',')))
             or exists (select 1 from act_ru_task t join act_ru_identitylink c on c.task_id_ = t.id_
                        where t.proc_inst_id_ = process_instance_id
                          and (c.user_id_ = :viewer or c.group_id_ = any(string_to_array(:groups, ','))))
             or exists (select 1 from jsonb_array_elements(levels) l
                        where jsonb_exists(l -> 'people', :viewer)
                           or jsonb_exists_any(l -> 'groups', string_to_array(:groups, ','))))
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Directory people;
    private final Catalog catalog;

    RequestViews(JdbcClient jdbc, ObjectMapper json, Directory people, Catalog catalog) {
        this.jdbc = jdbc;
        this.json = json;
        this.people = people;
        this.catalog = catalog;
    }

    /** What a list may be narrowed to; none of a part means any. */
    public record Filter(
            @Nullable String state,
            @Nullable String requester,
            @Nullable String entitlement) {}

    /** The request, if this person may see it; to others it does not exist. */
    public Optional<RequestView> find(String viewer, UUID id) {
        return views(visibleTo(viewer, "select * from access_request_now where id = :id and " + VISIBLE)
                        .param("id", id))
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

    /** The requests that this person may see, newest first. */
    public List<RequestView> list(String viewer, Filter filter, int page, int size) {
        return views(filtered(
                        viewer,
                        filter,
                        "select * from access_request_now where %s order by submitted_at desc, id limit :size offset :skip")
                .param("size", size)
                .param("skip", (long) page * size));
    }

    /** What a person asked for and what is not over, the newest first. */
    public List<RequestView> open(String person) {
        return views(jdbc.sql("select * from access_request_now where " + OWN
                        + " and state <> 'ENDED' order by submitted_at desc, id")
                .param("viewer", person));
    }

    /** What a person asked for and what is over, the latest ending first. */
    public List<RequestView> lately(String person, int most) {
        return views(jdbc.sql("select * from access_request_now where " + OWN
                        + " and ended_at is not null order by ended_at desc, id limit :most")
                .param("viewer", person)
                .param("most", most));
    }

    public long count(String viewer, Filter filter) {
        return filtered(viewer, filter, "select count(*) from access_request_now where %s")
                .query(Long.class)
                .single();
    }

    private JdbcClient.StatementSpec filtered(String viewer, Filter filter, String sql) {
        return visibleTo(
                        viewer,
                        sql.formatted(VISIBLE
                                + " and (:state::text is null or state = :state) and (:requester::text is null or requester = :requester)"
                                + " and (:entitlement::text is null or entitlement = :entitlement)"))
                .param("state", filter.state())
                .param("requester", filter.requester())
                .param("entitlement", filter.entitlement());
    }

    private JdbcClient.StatementSpec visibleTo(String viewer, String sql) {
        Set<String> groups = people.groupsOf(viewer);
        return jdbc.sql(sql)
                .param("viewer", viewer)
                .param("groups", String.join(",", groups))
                .param("all", groups.stream().anyMatch(SEE_ALL::contains));
    }

    /** With one more statement for the names of everybody in them. */
    private List<RequestView> views(JdbcClient.StatementSpec statement) {
        List<Unnamed> rows = statement.query((row, number) -> read(row)).list();
        Map<String, String> names = people.namesById(
                rows.stream().flatMap(row -> row.people().stream()).toList());
        return rows.stream().map(row -> row.view().apply(names)).toList();
    }

    /** A request as it is shown, but for what people are called. */
    private record Unnamed(Set<String> people, Function<Map<String, String>, RequestView> view) {}

    private Unnamed read(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String requester = row.getString("requester");
        String entitlement = row.getString("entitlement");
        String given = row.getString("given_entitlement");
        String duration = row.getString("duration");
        String justification = row.getString("justification");
        String ticket = row.getString("ticket");
        Instant startsAt = instant(row, "starts_at");
        Instant submittedAt = required(row, "submitted_at");
        String state = row.getString("state");
        String outcome = row.getString("outcome");
        Instant ended = instant(row, "ended_at");
        RequestView.VerdictView verdict = verdict(row);
        List<RequestView.ApprovalView> approvals = approvals(row);
        RequestView.GrantView grant = grant(row);
        UUID extending = row.getObject("extends", UUID.class);
        List<UUID> extensions = json.convertValue(tree(row, "extensions"), new TypeReference<>() {});
        Endings.Facts facts = ended == null
                ? null
                : new Endings.Facts(
                        requester,
                        outcome,
                        row.getObject("access_ended_at") != null,
                        row.getString("ended_by"),
                        row.getString("end_note"),
                        row.getString("findings") == null ? null : tree(row, "findings"),
                        approvals);
        Set<String> parties = new TreeSet<>(Set.of(requester));
        approvals.forEach(answer -> parties.add(answer.approver()));
        if (facts != null && facts.by() != null) {
            parties.add(facts.by());
        }
        return new Unnamed(
                parties,
                names -> new RequestView(
                        id,
                        requester,
                        entitlement,
                        duration,
                        justification,
                        ticket,
                        startsAt,
                        submittedAt,
                        state,
                        outcome,
                        ended == null || facts == null
                                ? null
                                : new RequestView.EndingView(ended, Endings.sentence(facts, names)),
                        verdict,
                        approvals,
                        grant,
                        extending,
                        extensions,
                        about(Objects.requireNonNull(names.get(requester)), given)));
    }

    private RequestView.@Nullable VerdictView verdict(ResultSet row) throws SQLException {
        String outcome = row.getString("verdict_outcome");
        return outcome == null
                ? null
                : new RequestView.VerdictView(
                        outcome,
                        tree(row, "findings"),
                        tree(row, "levels"),
                        row.getString("duration_limit"),
                        tree(row, "obligations"),
                        row.getString("rulebook"));
    }

    private static RequestView.@Nullable GrantView grant(ResultSet row) throws SQLException {
        return row.getObject("granted_at") == null
                ? null
                : new RequestView.GrantView(
                        row.getString("given_entitlement"),
                        required(row, "started_at"),
                        required(row, "expires_at"),
                        instant(row, "access_ended_at"),
                        row.getString("end_reason"));
    }

    private RequestView.About about(String requesterName, String entitlement) {
        return catalog.find(entitlement)
                .map(given -> new RequestView.About(
                        requesterName, given.name(), given.description(), given.sensitivity(), given.masked()))
                .orElseGet(() -> new RequestView.About(requesterName, entitlement, null, null, false));
    }

    private List<RequestView.ApprovalView> approvals(ResultSet row) throws SQLException {
        return json.convertValue(tree(row, "approvals"), new TypeReference<>() {});
    }

    private JsonNode tree(ResultSet row, String column) throws SQLException {
        try {
            return json.readTree(row.getString(column));
        } catch (JsonProcessingException impossible) {
            throw new SQLException("Column " + column + " does not hold JSON", impossible);
        }
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
