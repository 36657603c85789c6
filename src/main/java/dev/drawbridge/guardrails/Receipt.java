package dev.drawbridge.guardrails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was decided so: what was seen when it was asked for, and what the rules made of that.
 *
 * @param at when it was judged
 * @param publication by which rules, by its number
 * @param fired what the guardrails said
 * @param nearly the guardrails that had nothing to say, and would have but for one part of their condition; none where these
 *     rules are not understood any more
 * @param automaticIf the smallest changes that would have made it automatic, in words that end "It would be automatic …"; none
 *     where these rules are not understood any more
 * @param allowedIf likewise, of what was refused, to be possible at all
 * @param facts what was seen, as it was
 * @param later the judgements since, each when access was to be given
 */
public record Receipt(
        UUID request,
        Occasion occasion,
        Instant at,
        @Nullable Long publication,
        VerdictOutcome outcome,
        List<Finding> fired,
        @Nullable List<NearMiss> nearly,
        @Nullable List<String> automaticIf,
        @Nullable List<String> allowedIf,
        JsonNode facts,
        List<Receipt> later) {
    Receipt followedBy(List<Receipt> judgements) {
        return with(facts, judgements);
    }

    /** The same for whoever asked or approves: without what others hold, and where from the requester had signed in. */
    public Receipt withoutOthers() {
        ObjectNode seen = facts.deepCopy();
        seen.remove("heldByOthers");
        if (seen.get("signedIn") instanceof ObjectNode signedIn) {
            signedIn.remove("address");
        }
        return with(seen, later.stream().map(Receipt::withoutOthers).toList());
    }

    private Receipt with(JsonNode seen, List<Receipt> judgements) {
        return new Receipt(
                request,
                occasion,
                at,
                publication,
                outcome,
                fired,
                nearly,
                automaticIf,
                allowedIf,
                seen,
                List.copyOf(judgements));
    }
}
