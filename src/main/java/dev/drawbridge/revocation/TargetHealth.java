package dev.drawbridge.revocation;

import dev.drawbridge.catalog.CatalogFinding;
import dev.drawbridge.revocation.Operations.Lack;
import dev.drawbridge.revocation.Operations.Target;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * What each target lacks, and what the rules name and is not there, for operators. Always up: a node can serve all the same, and
 * access that a target keeps from ending is what {@link RevocationHealth} is about.
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
        targets.ofCatalog().stream()
                .collect(Collectors.groupingBy(
                        found -> found.where().file(), Collectors.mapping(TargetHealth::said, Collectors.toList())))
                .forEach(health::withDetail);
        return health.build();
    }

    private static List<String> said(Target target) {
        return target.unreachable() == null
                ? target.missing().stream().map(TargetHealth::said).toList()
                : List.of(target.unreachable());
    }

    private static String said(Lack lack) {
        return TargetsSeen.told(lack) + (lack.cure() == null ? "" : " " + lack.cure());
    }

    private static String said(CatalogFinding found) {
        return "line " + found.where().line() + ": " + found.sentence();
    }
}
