package dev.drawbridge.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.catalog.Catalog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads rows of requests as they are now into what is shown of them. */
@Component
class RequestRows {
    private final ObjectMapper json;
    private final Catalog catalog;

    RequestRows(ObjectMapper json, Catalog catalog) {
        this.json = json;
        this.catalog = catalog;
    }

    /** A request as it is shown, but for what people are called. */
    record Unnamed(
            UUID id,
            String instance,
            String state,
            Set<String> people,
            Function<Map<String, String>, RequestView> view) {}

    Unnamed read(ResultSet row) throws SQLException {
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
        List<Awaited> awaited = ended == null && !state.equals("REVOKING") ? awaited(row) : List.of();
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
        awaited.forEach(one -> parties.addAll(one.people()));
        if (facts != null && facts.by() != null) {
            parties.add(facts.by());
        }
        String instance = row.getString("process_instance_id");
        return new Unnamed(
                id,
                instance,
                state,
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
                        approvals.stream().map(answer -> answer.named(names)).toList(),
                        grant,
                        extending,
                        extensions,
                        awaited.stream().map(one -> one.named(names)).toList(),
                        about(Objects.requireNonNull(names.get(requester)), given)));
    }

    /** What is to be done for it, before anybody has a name. */
    private record Awaited(String task, String name, List<String> groups, List<String> people, Instant since) {
        RequestView.WaitsFor named(Map<String, String> names) {
            String by = Stream.concat(groups.stream(), people.stream().map(one -> names.getOrDefault(one, one)))
                    .collect(Collectors.joining(" or "));
            return new RequestView.WaitsFor(
                    task, name, groups, people, since, "Waits for: " + name + (by.isEmpty() ? "" : ", by " + by));
        }
    }

    private List<Awaited> awaited(ResultSet row) throws SQLException {
        return json.convertValue(tree(row, "waits_for"), new TypeReference<>() {});
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
                        row.getString("rulebook"),
                        row.getObject("publication", Long.class));
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
