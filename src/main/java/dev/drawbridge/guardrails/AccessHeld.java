package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.KnownEntitlements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Knows the access that people hold now; the grants downstream implement it. */
public interface AccessHeld {
    List<HeldAccess> heldBy(String person);

    /**
     * What somebody holds, and was given lately, when one more request is judged.
     *
     * @param except the request that is judged: it counts neither way
     * @param since from when on automatic grants are counted
     */
    Holdings holdings(String person, UUID except, Instant since);

    /** By entitlement, how many people other than this one hold it, by whichever account's name. */
    Map<KnownEntitlements.Known, Integer> heldByOthers(String person);

    /**
     * What somebody holds, and was given lately.
     *
     * @param automatic how often the guardrails have allowed a request without a human
     */
    record Holdings(List<HeldAccess> held, int automatic) {}
}
