package dev.drawbridge.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.catalog.Sensitivity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is shown: what was asked, and what has become of it, derived from the facts.
 *
 * @param outcome how it ended; none while it has not
 * @param ending when and why it ended, in a sentence; none while it has not
 * @param verdict what the guardrails said
 * @param approvals the answers given so far, oldest first
 * @param extending the request whose access this one asks to have for longer; none: it asks for access of its own
 * @param extensions the requests for more time of this one's access, by id
 * @param waitsFor what the company's own process asks people to do for it now, beside the answers of approvers
 * @param about what people call the parties to it; the ids above are what counts
 * @param grant the access, once the target has confirmed it
 */
public record RequestView(
        UUID id,
        String requester,
        String entitlement,
        String duration,
        String justification,
        @Nullable String ticket,
        @Nullable Instant startsAt,
        Instant submittedAt,
        String state,
        @Nullable String outcome,
        @Nullable EndingView ending,
        @Nullable VerdictView verdict,
        List<ApprovalView> approvals,
        @Nullable GrantView grant,
        @Nullable UUID extending,
        List<UUID> extensions,
        List<WaitsFor> waitsFor,
        About about) {

    /**
     * The requester's name, and the entitlement that is or would be given, as the catalog describes it now: an approver may
     * have narrowed what was asked for.
     *
     * @param masked whether personal columns are masked
     * @param sensitivity none where the entitlement has left the catalog
     */
    public record About(
            String requesterName,
            String entitlementName,
            @Nullable String description,
            @Nullable Sensitivity sensitivity,
            boolean masked) {}

    /**
     * One answer; the decision reads "approve" or "reject".
     *
     * @param forPerson in whose place it was given; none: in the person's own
     * @param narrowedTo what was approved instead; none: what was asked for
     * @param approverName what people call the approver
     */
    public record ApprovalView(
            String level,
            String approver,
            String decision,
            String comment,
            Instant at,
            @Nullable String forPerson,
            @Nullable Narrowed narrowedTo,
            @Nullable String approverName) {
        /** The same, with the name of who gave it. */
        ApprovalView named(Map<String, String> names) {
            return new ApprovalView(
                    level,
                    approver,
                    decision,
                    comment,
                    at,
                    forPerson,
                    narrowedTo,
                    names.getOrDefault(approver, approver));
        }
    }

    /**
     * Something that people are to do for it.
     *
     * @param task the task, by its id in the process
     * @param name what people call it
     * @param groups whose members are to do it
     * @param people who is to do it, beside those
     * @param sentence all of it in words: {@code Waits for: Inform data protection, by data-protection}
     */
    public record WaitsFor(
            String task, String name, List<String> groups, List<String> people, Instant since, String sentence) {}

    /** When it ended, and why, for the person who asked. */
    public record EndingView(Instant at, String sentence) {}

    /** Less than was asked for; the duration is ISO-8601. */
    public record Narrowed(String entitlement, String duration) {}

    /** The verdict; see the guardrails for what its parts mean. {@code publication}: by which rules, by its number. */
    public record VerdictView(
            String outcome,
            JsonNode findings,
            JsonNode levels,
            @Nullable String limit,
            JsonNode obligations,
            String rulebook,
            @Nullable Long publication) {}

    /** The access that was given; to less than was asked for, where an approver narrowed it. */
    public record GrantView(
            String entitlement,
            Instant startedAt,
            Instant expiresAt,
            @Nullable Instant endedAt,
            @Nullable String endReason) {}

    /** What people call what was asked for: {@code Orders, masked, more time}. */
    public String title() {
        return title(about.entitlementName(), extending);
    }

    /** As {@link #title()}, where there is no view of it. */
    public static String title(String entitlementName, @Nullable UUID extending) {
        return entitlementName + (extending == null ? "" : ", more time");
    }

    /** Whether it waits, for approval, for its start or for what people are to do, so that it can be withdrawn. */
    public boolean waits() {
        return state.equals("PENDING_APPROVAL") || state.equals("SCHEDULED") || waitsForPeople();
    }

    /** Whether it is cleared, and what a company's process asks people to do is all that it waits for. */
    public boolean waitsForPeople() {
        return state.equals("PROVISIONING") && grant == null && !waitsFor.isEmpty();
    }
}
