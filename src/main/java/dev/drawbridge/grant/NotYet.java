package dev.drawbridge.grant;

import java.io.Serial;

/** Access is not given yet, and may be given without anybody asking for it anew. */
final class NotYet extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** {@code why}: without a stack, since it may be so each minute for days. */
    NotYet(String why) {
        super("Access is not given yet: " + why + ".", null, false, false);
    }
}
