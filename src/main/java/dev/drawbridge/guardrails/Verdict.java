package dev.drawbridge.guardrails;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the guardrails say of a request as a whole. Deny beats needs-approval beats allowed; silence is a denial. */
public sealed interface Verdict {

    List<Finding> findings();

    /** The rulebook that judged: a fingerprint of all its files. */
    String rulebook();

    /** Access may be given, for no longer than {@code limit} where there is one. */
    record Allowed(List<Finding> findings, @Nullable Duration limit, List<String> obligations, String rulebook)
            implements Verdict {}

    /** Access may be given once each level has agreed, one after the other. */
    record NeedsApproval(
            List<Finding> findings,
            List<Level> levels,
            @Nullable Duration limit,
            List<String> obligations,
            String rulebook)
            implements Verdict {}

    /** No access. */
    record Denied(List<Finding> findings, String rulebook) implements Verdict {}
}
