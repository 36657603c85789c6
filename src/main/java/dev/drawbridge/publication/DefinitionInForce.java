package dev.drawbridge.publication;

import dev.drawbridge.process.ProcessInForce;
import org.springframework.stereotype.Component;

/** Rules and process of a request are of one publication: whoever starts a newer process is judged by what came with it. */
@Component
class DefinitionInForce implements ProcessInForce {
    private final PublicationInForce inForce;
    private final FollowPublications follower;

    DefinitionInForce(PublicationInForce inForce, FollowPublications follower) {
        this.inForce = inForce;
        this.follower = follower;
    }

    @Override
    public String definition() {
        return inForce.now().orElseThrow().definition();
    }

    @Override
    public boolean isInForce(String definition) {
        if (definition().equals(definition)) {
            return true;
        }
        follower.look();
        inForce.anew();
        return definition().equals(definition);
    }
}
