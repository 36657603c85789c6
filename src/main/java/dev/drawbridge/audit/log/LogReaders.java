package dev.drawbridge.audit.log;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who may read the whole record. */
@Component
public class LogReaders {
    /** The groups whose members do. */
    public static final Set<String> GROUPS = Set.of("auditors", "operators", "security");

    private final Refusals refusals;

    LogReaders(Refusals refusals) {
        this.refusals = refusals;
    }

    void require() {
        SignIn who = CurrentSignIn.require();
        refusals.onRecord(who.person(), null, () -> {
            if (who.groups().stream().noneMatch(GROUPS::contains)) {
                throw Refusal.of(
                        Refusal.Kind.FORBIDDEN,
                        "not-for-you",
                        "The whole record is read by auditors, operators and security.");
            }
        });
    }
}
