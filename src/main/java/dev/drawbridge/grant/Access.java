package dev.drawbridge.grant;

import dev.drawbridge.catalog.Entitlement;
import java.time.Instant;
import java.util.UUID;

/**
 * What a connector is to set up or take away.
 *
 * @param principal the login that is made for this access alone
 */
public record Access(UUID requestId, String principal, Entitlement.Target target, Instant expiresAt) {
    private static final int DIGITS = 12;

    /** The login's name: it leads back to the one request. */
    public static String principalFor(UUID requestId) {
        return "drawbridge_" + requestId.toString().replace("-", "").substring(0, DIGITS);
    }
}
