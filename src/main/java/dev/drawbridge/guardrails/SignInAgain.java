package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.facts.SignedIn;
import java.time.Duration;
import java.util.Optional;

/** Whether it would help to sign in anew, or with a second factor: whoever asks can be sent there, and comes back. */
final class SignInAgain {
    private SignInAgain() {}

    /** {@code anew} where that is enough, {@code second-factor} where it takes that; none where neither helps. */
    static Optional<String> helping(RuleSet rules, SeenFacts facts) {
        if (isBetter(rules, facts, facts.signedIn().mfa())) {
            return Optional.of("anew");
        }
        return !facts.signedIn().mfa() && isBetter(rules, facts, true)
                ? Optional.of("second-factor")
                : Optional.empty();
    }

    private static boolean isBetter(RuleSet rules, SeenFacts facts, boolean mfa) {
        SignedIn signedIn = facts.signedIn();
        RulesSay now = rules.say(facts);
        RulesSay then =
                rules.say(facts.signedIn(new SignedIn(signedIn.method(), mfa, Duration.ZERO, signedIn.address())));
        int fewer = then.outcome().compareTo(now.outcome());
        return fewer < 0
                || fewer == 0
                        && now.isPossible()
                        && isMore(now, then, facts.asked().duration());
    }

    /** With less that is asked of people or of the requester, and nothing more; or for longer, where that was asked for. */
    private static boolean isMore(RulesSay now, RulesSay then, Duration asked) {
        boolean longer =
                isShort(now, asked) && (then.limit() == null || then.limit().compareTo(limit(now)) > 0);
        boolean less =
                !then.levels().equals(now.levels()) || !then.obligations().equals(now.obligations());
        return now.levels().containsAll(then.levels())
                && now.obligations().containsAll(then.obligations())
                && (longer || less);
    }

    private static boolean isShort(RulesSay say, Duration asked) {
        return say.limit() != null && say.limit().compareTo(asked) < 0;
    }

    private static Duration limit(RulesSay say) {
        return say.limit() == null ? Duration.ZERO : say.limit();
    }
}
