package dev.drawbridge.publication;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** By which publication this node goes, and whether that is the latest. Down where it cannot read the latest, or has not looked. */
@Component("publication")
class PublicationHealth implements HealthIndicator {
    private final PublicationInForce inForce;
    private final FollowPublications follower;

    PublicationHealth(PublicationInForce inForce, FollowPublications follower) {
        this.inForce = inForce;
        this.follower = follower;
    }

    @Override
    public Health health() {
        FollowPublications.Seen seen = follower.seen();
        boolean isBehind = seen.cannot() != 0 || follower.hasLostSight();
        Health.Builder health = isBehind ? Health.down() : Health.up();
        inForce.latestHere().ifPresent(here -> health.withDetail("inForce", here.number()));
        if (seen.cannot() != 0) {
            health.withDetail("cannotRead", seen.cannot()).withDetail("why", seen.why());
        }
        return health.withDetail("lookedAt", seen.at()).build();
    }
}
