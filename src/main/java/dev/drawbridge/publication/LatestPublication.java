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
     * Whether the running command goes by this, which is the latest there is, or does from here on: it is read now where this node has
     * not heard of it yet, and so is whether a trial on some people still runs. False where it cannot be read here.
     */
    public boolean isReached(long latest) {
        // Whatever this command began with: access is given by what counts now.
        inForce.anew();
        if (inForce.here().canary() == null && isAtLeast(latest)) {
            return true;
        }
        follower.look();
        inForce.anew();
        return isAtLeast(latest);
    }

    private boolean isAtLeast(long latest) {
        return inForce.now().filter(here -> here.number() >= latest).isPresent();
    }
}
