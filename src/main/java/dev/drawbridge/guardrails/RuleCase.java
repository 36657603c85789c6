package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.directory.Employment;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An example of a request, for a guardrail to fire at or to stay silent. It names what matters to it; the rest is an ordinary request on
 * an ordinary morning. What is said of the entitlement, of what is held and of the moment beside their names stands instead of what
 * the catalog and the calendar say.
 *
 * @param when what is special about it, in a few words
 */
record RuleCase(
        String when,
        String entitlement,
        @Nullable String resource,
        @Nullable String target,
        @Nullable AccessLevel level,
        @Nullable Sensitivity sensitivity,
        @Nullable String environment,
        @Nullable Boolean personalData,
        @Nullable Boolean masked,
        @Nullable String requester,
        @Nullable Set<String> requesterGroups,
        @Nullable String zone,
        @Nullable Employment employment,
        boolean withManager,
        boolean withSponsor,
        @Nullable Duration duration,
        @Nullable String ticket,
        @Nullable String ticketSystem,
        boolean startsLater,
        @Nullable Duration startsIn,
        @Nullable Instant at,
        @Nullable Boolean officeHours,
        @Nullable Boolean holiday,
        @Nullable Boolean changeFreeze,
        @Nullable Boolean maintenanceWindow,
        @Nullable Boolean weekend,
        @Nullable DayOfWeek dayOfWeek,
        @Nullable LocalTime time,
        @Nullable String method,
        boolean mfa,
        @Nullable Duration signedInAgo,
        @Nullable String address,
        @Nullable List<String> held,
        @Nullable Map<String, Integer> heldByOthers,
        int automaticGrants) {

    /**
     * Those of one guardrail.
     *
     * @param fires at which it has something to say
     * @param silent at which it says nothing
     * @param then all that it does where it fires, each as in {@code limit PT4H}; left out: whatever that is
     */
    record Pair(
            @Nullable List<RuleCase> fires,
            @Nullable List<RuleCase> silent,
            @Nullable List<String> then) {}

    /**
     * Those of the guardrails of a table.
     *
     * @param guardrails each with the name of its row
     */
    record Table(List<OfRow> guardrails) {}

    /** Those of a row. */
    record OfRow(
            String name,
            @Nullable List<RuleCase> fires,
            @Nullable List<RuleCase> silent,
            @Nullable List<String> then) {}
}
