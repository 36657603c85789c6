package dev.drawbridge.audit;

import dev.drawbridge.audit.log.LogReaders;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import java.util.Collection;
import java.util.Collections;

/** Who may read the whole record: auditors, operators and security. */
public final class RecordReaders {
    private RecordReaders() {}

    /** Whether somebody in these groups may. */
    public static boolean mayRead(Collection<String> groups) {
        return !Collections.disjoint(groups, LogReaders.GROUPS);
    }

    /** Refuses everybody else who calls. */
    public static void require() {
        if (!mayRead(CurrentSignIn.require().groups())) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN,
                    "not-yours-to-see",
                    "Only auditors, operators and security read the whole record; the story of a request that concerns you is on"
                            + " its own page.");
        }
    }
}
