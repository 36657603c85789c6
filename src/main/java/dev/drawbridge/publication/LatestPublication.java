package dev.drawbridge.publication;

import org.springframework.stereotype.Component;

/** Knows whether others may go by something newer. */
@Component
public class LatestPublication {
    private final NumberedPublications publications;
    private final PublicationInForce inForce;

    LatestPublication(NumberedPublications publications, PublicationInForce inForce) {
        this.publications = publications;
        this.inForce = inForce;
    }

    /**
     * Whether the running command goes by the latest there is: asked before anything ends for good because it is not known here. A
     * node is behind for a moment after each publication, and for longer where it cannot read one.
     */
    public boolean isInForce() {
        return publications
                .latest()
                .map(Publication::number)
                .equals(inForce.now().map(Publication::number));
    }
}
