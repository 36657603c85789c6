package dev.drawbridge.publication;

import org.springframework.stereotype.Component;

/** Knows whether others may go by something newer. */
@Component
public class LatestPublication {
    private final NumberedPublications publications;
    private final PublicationInForce inForce;
    private final FollowPublications follower;

    LatestPublication(NumberedPublications publications, PublicationInForce inForce, FollowPublications follower) {
        this.publications = publications;
        this.inForce = inForce;
        this.follower = follower;
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

    /**
     * Whether this node knows all that is on record of publications up to this step, or does from here on: it is read now where it has
     * not heard of it yet, and the running command goes by it. False where it cannot be read here.
     */
    public boolean isReached(long step) {
        if (inForce.goesByAll(step)) {
            return true;
        }
        if (inForce.here().last() < step) {
            follower.look();
        }
        inForce.anew();
        return inForce.goesByAll(step);
    }
}
