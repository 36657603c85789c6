package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.Map;
import java.util.Set;

/** What a {@link Space} knows to try. */
final class TriedWords {
    private TriedWords() {}

    /** The words of which all values are tried; of a space with others nothing is proven. */
    static final Map<Fact, Set<String>> ALL = Map.of(
            Fact.ASKED,
            Set.of("longerThan", "withTicket", "ticket", "ticketSystem", "startsLater", "startsAfter"),
            Fact.WANTED,
            Set.of("id", "resource", "target", "level", "sensitivity", "environment", "personalData", "masked"),
            Fact.REQUESTER,
            Set.of("id", "belongsTo", "zone", "employment", "withManager", "withSponsor"),
            Fact.SIGNED_IN,
            Set.of("method", "mfa", "olderThan", "address", "addressIn"),
            Fact.MOMENT,
            Set.of("officeHours", "holiday", "changeFreeze", "maintenanceWindow", "weekend", "dayOfWeek", "between"),
            Fact.HELD,
            Set.of("id", "resource", "target", "level"),
            Fact.HELD_BY_OTHERS,
            Set.of("id", "resource", "target", "level", "people"),
            Fact.HOLDINGS,
            Set.of("count", "sameResource", "sameTarget", "sameLevel"),
            Fact.HISTORY,
            Set.of("automaticGrants"));
}
