package dev.drawbridge.grant;

import dev.drawbridge.catalog.Entitlement;
import java.time.Instant;
import java.util.UUID;

/**
 * What a connector is to set up or take away.
 *
 * @param principal the login that is made for this access alone
 */
public record Access(UUID requestId, String principal, Place place, Instant expiresAt) {
    /** On whichever server is behind the target. */
    public Access(UUID requestId, String principal, Entitlement.Target target, Instant expiresAt) {
        this(requestId, principal, Place.of(target, null), expiresAt);
    }

    /** What bears the same name on whichever server is behind a system now. */
    public Access on(String system) {
        return new Access(requestId, principal, place.on(system), expiresAt);
    }

    /** Enough digits to tell logins apart by eye; two seldom share them. */
    static final int FEWEST_DIGITS = 12;

    /** The login's name as it mostly is: it leads back to the one request. */
    public static String principalFor(UUID requestId) {
        return principalFor(requestId, FEWEST_DIGITS);
    }

    /** The same with more of the request's digits; with all of them no other request has it. */
    static String principalFor(UUID requestId, int digits) {
        return "drawbridge_" + requestId.toString().replace("-", "").substring(0, digits);
    }
}
