package dev.drawbridge.guardrails.facts;

import dev.drawbridge.directory.Employment;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param zone the time zone of the requester's groups, as {@code rules/calendar.yaml} has it
 * @param employment as administrators have recorded it; none where they have not
 * @param withManager whether somebody who is there leads the requester
 * @param withSponsor whether somebody who is there answers for the requester
 */
public record Requester(
        String id,
        Set<String> groups,
        String zone,
        @Nullable Employment employment,
        boolean withManager,
        boolean withSponsor) {
    /** Somebody of whom nothing else is recorded. */
    public Requester(String id, Set<String> groups) {
        this(id, groups, "UTC", null, false, false);
    }

    public boolean belongsTo(String group) {
        return groups.contains(group);
    }

    public String getZone() {
        return zone;
    }

    public @Nullable Employment getEmployment() {
        return employment;
    }

    public boolean isWithManager() {
        return withManager;
    }

    public boolean isWithSponsor() {
        return withSponsor;
    }
}
