package dev.drawbridge.platform;

import java.time.Duration;
import org.springframework.security.authentication.LockedException;

/** Too many wrong passwords came for this account from this address, or from this address alone; nothing was checked. */
public final class TooManySignIns extends LockedException {
    private final long seconds;

    TooManySignIns(Duration wait) {
        super(sentence(seconds(wait)));
        this.seconds = seconds(wait);
    }

    /** How long to wait before the next try is looked at; at least one. */
    public long seconds() {
        return seconds;
    }

    /** What people read who have to wait. */
    public static String sentence(long seconds) {
        return "Too many failed sign-ins came from where you are. Wait " + seconds
                + (seconds == 1 ? " second" : " seconds") + ", then try again.";
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
