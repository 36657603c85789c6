package dev.drawbridge.guardrails.facts;

import java.time.Duration;

/** How the requester had signed in, and how long ago. */
public record SignedIn(String method, boolean mfa, Duration age, String address) {
    public boolean isMfa() {
        return mfa;
    }

    public String getMethod() {
        return method;
    }

    public String getAddress() {
        return address;
    }

    /** Whether the sign-in is older than this ISO-8601 duration. */
    public boolean olderThan(String limit) {
        return age.compareTo(Duration.parse(limit)) > 0;
    }
}
