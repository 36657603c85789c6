package dev.drawbridge.guardrails;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What other rules would have said to what was judged lately.
 *
 * @param since from when on judgements were looked at
 * @param judgements how many were looked at, later ones of the same request included
 * @param unreadable how many of them this release does not understand
 * @param complete whether these are all since then; if not, the latest are looked at
 * @param certain what follows from the facts that are on record
 * @param uncertain what hangs on how much had been given before, on access that was held, or on what nobody looked at then: by the
 *     other rules those facts would have been others
 */
public record ReplayReport(
        Instant since, Instant until, int judgements, int unreadable, boolean complete, Part certain, Part uncertain) {
    /**
     * Some of the judgements. A request counts once where its verdict changes.
     *
     * @param changed how many requests would have been decided otherwise
     * @param requests those, the latest first
     */
    public record Part(
            int judgements,
            int changed,
            List<FromTo> changes,
            List<Counted> byRule,
            List<Counted> byEntitlement,
            List<Counted> byGroup,
            List<Counted> byPerson,
            List<Changed> requests) {}

    /** How many went from one outcome to another; to the same where other people would have been asked, or the limit is another. */
    public record FromTo(Outcome from, Outcome to, int requests) {}

    public record Counted(String name, int requests) {}

    /** A verdict, or that it could not have been asked for. */
    public enum Outcome {
        ALLOWED,
        NEEDS_APPROVAL,
        DENIED,
        NOT_OFFERED
    }

    /**
     * A request that would have been decided otherwise.
     *
     * @param rules the ids of those that say something else than then
     */
    public record Changed(
            UUID request,
            String requester,
            String entitlement,
            Instant judgedAt,
            Occasion occasion,
            Said from,
            Said to,
            List<String> rules,
            List<String> groups) {
        boolean atTheGrant() {
            return occasion == Occasion.GRANT;
        }
    }

    /** {@code limit} is ISO-8601. */
    public record Said(
            Outcome outcome, List<String> levels, @Nullable String limit, List<String> obligations) {
        static final Said NOT_OFFERED = new Said(Outcome.NOT_OFFERED, List.of(), null, List.of());

        static Said of(RulesSay say) {
            return new Said(
                    Outcome.valueOf(say.outcome().name()),
                    say.levels().stream().sorted().toList(),
                    say.limit() == null ? null : say.limit().toString(),
                    say.obligations().stream().sorted().toList());
        }
    }
}
