package dev.drawbridge.guardrails.facts;

import dev.drawbridge.catalog.Network;
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

    /**
     * Whether the address is in this network, such as {@code 10.1.0.0/16} or {@code 2001:db8::/32}; an address that is none is in
     * no network.
     */
    public boolean addressIn(String network) {
        return Network.parse(network).holds(address);
    }

    /** Whether the sign-in is older than this ISO-8601 duration. */
    public boolean olderThan(String limit) {
        return age.compareTo(Duration.parse(limit)) > 0;
    }
}
