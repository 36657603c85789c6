package dev.drawbridge.audit;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import java.util.LinkedHashMap;
import java.util.Map;

/** How somebody had signed in who acts, beside what they did: as of this very call, whatever a form says. */
final class HowTheySignedIn {
    private static final String DETAIL = "signedIn";

    private HowTheySignedIn() {}

    /** The same entry; where the one who acts is the one who calls, with how they signed in among its details. */
    static Entry beside(Entry entry) {
        return CurrentSignIn.find()
                .filter(signIn -> signIn.person().equals(entry.actor()))
                .map(signIn -> with(entry, signIn))
                .orElse(entry);
    }

    private static Entry with(Entry entry, SignIn signIn) {
        Map<String, Object> details = new LinkedHashMap<>(entry.details());
        details.putIfAbsent(
                DETAIL,
                Map.of(
                        "method", signIn.method(),
                        "mfa", signIn.mfa(),
                        "at", signIn.at().toString(),
                        "address", signIn.address()));
        return new Entry(entry.actor(), entry.kind(), entry.requestId(), entry.sentence(), details);
    }
}
