package dev.drawbridge.revocation;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.TargetReadiness;
import dev.drawbridge.revocation.Operations.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What each target lacks, as it was when somebody last looked: at the start, and every few minutes. */
@Component
class TargetsSeen {
    private static final Logger log = LoggerFactory.getLogger(TargetsSeen.class);

    private final Connector connector;
    private final TargetReadiness readiness;
    private final Catalog catalog;
    private final Map<String, Target> seen = new ConcurrentHashMap<>();

    TargetsSeen(Connector connector, TargetReadiness readiness, Catalog catalog) {
        this.connector = connector;
        this.readiness = readiness;
        this.catalog = catalog;
    }

    /** By themselves and after the start, which no target that is down may keep from happening. */
    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "${drawbridge.readiness.every:PT5M}")
    void look() {
        connector.systems().forEach(system -> {
            Target now = look(system);
            Target before = seen.put(system, now);
            if (!now.equals(before)) {
                tell(now);
            }
        });
    }

    List<Target> all() {
        return seen.values().stream().sorted(Comparator.comparing(Target::name)).toList();
    }

    private Target look(String system) {
        try {
            return new Target(system, null, readiness.missing(system, TargetItself.handedOutOn(catalog, system)));
        } catch (ConnectorException failed) {
            return new Target(system, failed.getMessage(), List.of());
        }
    }

    private static void tell(Target target) {
        if (target.unreachable() != null) {
            log.warn("The target '{}' could not be looked at: {}", target.name(), target.unreachable());
        }
        target.missing()
                .forEach(one -> log.warn(
                        "The target '{}': {} {}",
                        target.name(),
                        one.sentence(),
                        one.cure() == null ? "" : "Cure: " + one.cure()));
    }
}
