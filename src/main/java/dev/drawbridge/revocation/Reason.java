package dev.drawbridge.revocation;

/** Why access ends. */
public enum Reason {
    /** Its time is over. */
    EXPIRED,
    /** The requester handed it back. */
    RETURNED,
    /** Somebody who may, ended it; or the process that carried it is gone. */
    REVOKED,
    /** It never became usable before its time was over. */
    FAILED
}
