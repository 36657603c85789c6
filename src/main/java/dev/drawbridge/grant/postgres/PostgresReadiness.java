package dev.drawbridge.grant.postgres;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.grant.TargetReadiness;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a PostgreSQL needs to be a target. */
@Component
class PostgresReadiness implements TargetReadiness {
    private final PostgresTargets targets;
    private final Skew skew;

    PostgresReadiness(PostgresTargets targets, Skew skew) {
        this.targets = targets;
        this.skew = skew;
    }

    @Override
    public List<Missing> missing(String system, Map<String, AccessLevel> handedOut) {
        return targets.on(system, target -> new ReadinessChecks(target, handedOut).run(skew.of(target)));
    }

    @Override
    public List<DefaultPrivileges> defaultPrivileges(String system, Collection<String> roles) {
        return targets.on(system, target -> GroupDefaults.of(target, roles));
    }
}
