package dev.drawbridge.platform;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * With what somebody showed who they are, by the words of RFC 8176. What is not among these words is no factor: how a network or
 * a risk was judged shows nothing of a person.
 */
final class Factors {
    private enum Kind {
        KNOWS,
        HAS,
        IS
    }

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("pwd", Kind.KNOWS),
            Map.entry("pin", Kind.KNOWS),
            Map.entry("kba", Kind.KNOWS),
            Map.entry("otp", Kind.HAS),
            Map.entry("sms", Kind.HAS),
            Map.entry("tel", Kind.HAS),
            Map.entry("sc", Kind.HAS),
            Map.entry("hwk", Kind.HAS),
            Map.entry("swk", Kind.HAS),
            Map.entry("face", Kind.IS),
            Map.entry("fpt", Kind.IS),
            Map.entry("iris", Kind.IS),
            Map.entry("retina", Kind.IS),
            Map.entry("vbm", Kind.IS));

    private Factors() {}

    /** Whether these methods are two kinds of factor, or are said to be several. */
    static boolean areTwo(Collection<String> amr) {
        return amr.contains("mfa")
                || amr.stream()
                                .map(KINDS::get)
                                .filter(Objects::nonNull)
                                .distinct()
                                .count()
                        > 1;
    }

    /** Whether a provider says that a second factor was shown. */
    static boolean isSecondShown(Said said, Set<String> secondFactorAcr) {
        return areTwo(said.texts("amr"))
                || said.text("acr").filter(secondFactorAcr::contains).isPresent();
    }
}
