package dev.drawbridge.publication;

import dev.drawbridge.platform.SameOnAllNodes;
import org.springframework.stereotype.Component;

/** Whether a request is judged by the same rules, and carried by the same process, wherever it arrives. */
@Component
class PublicationOfThisNode implements SameOnAllNodes {
    private final PublicationInForce inForce;

    PublicationOfThisNode(PublicationInForce inForce) {
        this.inForce = inForce;
    }

    @Override
    public String part() {
        return "publication";
    }

    @Override
    public String fingerprint() {
        return inForce.latestHere()
                .map(here -> here.number() + " " + here.fingerprint())
                .orElse("");
    }
}
