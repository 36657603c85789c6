package dev.drawbridge.grant;

import java.io.Serial;

/** Access is not given yet: the company's process has asked people to do something for it, and it is not done. */
final class StillToDo extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StillToDo(String task) {
        super("Access is not given: '" + task + "' is still to be done.");
    }
}
