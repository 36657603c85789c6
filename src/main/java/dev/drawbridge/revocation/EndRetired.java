package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.OpenGrants;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Orders the end of all access to something at once; the sweeper brings it about, however many and on whichever targets. */
@Component
class EndRetired {
    private final OpenGrants grants;
    private final EndMany endMany;

    EndRetired(OpenGrants grants, EndMany endMany) {
        this.grants = grants;
        this.endMany = endMany;
    }

    /** False where somebody else is at some of it at this moment. */
    boolean all(String entitlement, String why) {
        List<UUID> open =
                grants.open(null, entitlement).stream().map(Grant::requestId).toList();
        return open.isEmpty()
                || Set.copyOf(endMany.order(open, Reason.REVOKED, "system", why))
                        .containsAll(open);
    }
}
