package dev.drawbridge.revocation;

import dev.drawbridge.grant.GrantLapsed;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Access that may not be given any more is to end, since a try whose answer was lost may have left something on the target. */
@Component
class EndWhatLapsed {
    private final EndAccess end;

    EndWhatLapsed(EndAccess end) {
        this.end = end;
    }

    @EventListener
    void on(GrantLapsed event) {
        end.order(event.requestId(), Reason.FAILED, "system", event.why());
    }
}
