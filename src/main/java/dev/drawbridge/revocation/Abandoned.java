package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.OpenGrants;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends what nothing else would end: requests and access whose process is gone. */
@Component
class Abandoned {
    private static final Logger log = LoggerFactory.getLogger(Abandoned.class);

    private final RequestEnds ends;
    private final OpenGrants grants;
    private final LookInto lookInto;

    Abandoned(RequestEnds ends, OpenGrants grants, LookInto lookInto) {
        this.ends = ends;
        this.grants = grants;
        this.lookInto = lookInto;
    }

    void end() {
        Stream.concat(ends.abandoned().stream(), grants.abandoned().stream().map(Grant::requestId))
                .forEach(this::lookInto);
    }

    /** What fails at one keeps none of the others, and the next round comes. */
    private void lookInto(UUID request) {
        try {
            lookInto.request(request);
        } catch (RuntimeException busy) {
            log.warn("Request '{}' is looked at in the next round", request, busy);
        }
    }
}
