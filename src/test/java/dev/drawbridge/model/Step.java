package dev.drawbridge.model;

/**
 * One step of a walk. Whom and what it is about is said by small numbers, which are read in the world as it is by then, so
 * that a walk from which steps were taken still makes sense; the smaller, the plainer.
 */
record Step(Kind kind, int who, int which, int what) {
    /** What can be done, and how often it is. */
    enum Kind {
        ASK(14),
        APPROVE(26),
        NARROW(6),
        REJECT(2),
        ASK_BACK(7),
        REPLY(7),
        HAND_OVER(10),
        TAKE_BACK(3),
        NAME_DEPUTY(7),
        DISMISS_DEPUTY(3),
        JOIN(4),
        LEAVE(4),
        WITHDRAW(3),
        EXTEND(6),
        GIVE_BACK(3),
        REVOKE(2),
        WAIT(10),
        WAIT_UNTIL_DUE(14);

        final int often;

        Kind(int often) {
            this.often = often;
        }

        boolean isAboutARequest() {
            return switch (this) {
                case ASK, NAME_DEPUTY, DISMISS_DEPUTY, JOIN, LEAVE, WAIT, WAIT_UNTIL_DUE -> false;
                default -> true;
            };
        }
    }
}
