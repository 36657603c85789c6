package dev.drawbridge.grant;

import dev.drawbridge.catalog.Entitlement;
import org.jspecify.annotations.Nullable;

/**
 * Where access is given.
 *
 * @param system the target, as the catalog called it then
 * @param role the group role that is handed out there
 * @param server the server behind the target then, as it calls itself; none where that is not known
 * @param untouched whether it is certain that nothing was ever done there for this access
 */
public record Place(String system, String role, @Nullable String server, boolean untouched) {
    /** Wherever the catalog says; nothing has been done there yet. */
    public static Place of(Entitlement.Target target) {
        return new Place(target.system(), target.role(), null, true);
    }

    /** The same, where something is to be done now; on this server, where that says which it is. */
    Place touched(@Nullable String behind) {
        return new Place(system, role, behind, false);
    }

    /** The same role on whichever server is behind a system now. */
    public Place on(String other) {
        return new Place(other, role, null, false);
    }
}
