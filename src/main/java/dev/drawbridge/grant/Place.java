package dev.drawbridge.grant;

import dev.drawbridge.catalog.Entitlement;
import org.jspecify.annotations.Nullable;

/**
 * Where access is given.
 *
 * @param system the target, as the catalog called it then
 * @param role the group role that is handed out there
 * @param server the server behind the target then, as it calls itself; none where that is not known
 */
public record Place(String system, String role, @Nullable String server) {
    /** Wherever the catalog says. */
    public static Place of(Entitlement.Target target, @Nullable String server) {
        return new Place(target.system(), target.role(), server);
    }

    /** The same role on whichever server is behind a system now. */
    public Place on(String other) {
        return new Place(other, role, null);
    }
}
