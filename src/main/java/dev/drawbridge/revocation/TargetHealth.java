package dev.drawbridge.revocation;

import dev.drawbridge.grant.TargetReadiness.Missing;
import dev.drawbridge.revocation.Operations.Target;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * What each target lacks, for operators. Always up: a node can serve all the same, and access that a target keeps from
 * ending is what {@link RevocationHealth} is about.
 */
@Component("targets")
class TargetHealth implements HealthIndicator {
    private final TargetsSeen targets;

    TargetHealth(TargetsSeen targets) {
        this.targets = targets;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        targets.all().forEach(target -> health.withDetail(target.name(), said(target)));
        return health.build();
    }

    private static List<String> said(Target target) {
        return target.unreachable() == null
                ? target.missing().stream().map(TargetHealth::said).toList()
                : List.of(target.unreachable());
    }

    private static String said(Missing missing) {
        return missing.cure() == null ? missing.sentence() : missing.sentence() + " " + missing.cure();
    }
}
