package dev.drawbridge.revocation;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.CatalogFinding;
import dev.drawbridge.catalog.CatalogFindings;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.TargetReadiness;
import dev.drawbridge.grant.TargetReadiness.Missing;
import dev.drawbridge.publication.TakesEffect;
import dev.drawbridge.revocation.Operations.Lack;
import dev.drawbridge.revocation.Operations.Target;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What each target lacks, and what the catalog names and is not there, as it was when somebody last looked: at the start, and
 * every few minutes.
 */
@Component
class TargetsSeen {
    private static final Logger log = LoggerFactory.getLogger(TargetsSeen.class);

    private final Connector connector;
    private final TargetReadiness readiness;
    private final Offer offer;
    private final CatalogFindings findings;
    private final TaskScheduler scheduler;
    private final Map<String, Target> seen = new ConcurrentHashMap<>();
    private volatile List<CatalogFinding> ofCatalog = List.of();

    TargetsSeen(
            Connector connector,
            TargetReadiness readiness,
            Offer offer,
            CatalogFindings findings,
            TaskScheduler scheduler) {
        this.connector = connector;
        this.readiness = readiness;
        this.offer = offer;
        this.findings = findings;
        this.scheduler = scheduler;
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

    /** By itself, since a target that is down takes its time. */
    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "${drawbridge.readiness.every:PT5M}")
    void lookAtCatalog() {
        List<CatalogFinding> before = ofCatalog;
        ofCatalog = findings.now(connector.systems());
        ofCatalog.stream()
                .filter(found -> !before.contains(found))
                .forEach(found -> log.warn("{}: {}", found.where().told(), found.sentence()));
    }

    /** What others name now is looked at now, by itself. */
    @EventListener
    void on(TakesEffect event) {
        if (event.cause() != TakesEffect.Cause.START) {
            scheduler.schedule(this::look, Instant.EPOCH);
            scheduler.schedule(this::lookAtCatalog, Instant.EPOCH);
        }
    }

    List<Target> all() {
        return seen.values().stream().sorted(Comparator.comparing(Target::name)).toList();
    }

    /** What the catalog names and is not there, when somebody last looked. */
    List<CatalogFinding> ofCatalog() {
        return ofCatalog;
    }

    /** What a target lacks, with the place of the entitlement that it is about. */
    static String told(Lack lack) {
        return lack.where() == null ? lack.sentence() : lack.where().told() + ": " + lack.sentence();
    }

    private Target look(String system) {
        Map<String, Entitlement> handedOut = handedOutOn(system);
        Map<String, AccessLevel> levels = new LinkedHashMap<>();
        handedOut.forEach((role, entitlement) -> levels.put(role, entitlement.level()));
        try {
            return new Target(
                    system,
                    null,
                    readiness.missing(system, levels).stream()
                            .map(missing -> lack(missing, handedOut))
                            .toList());
        } catch (ConnectorException failed) {
            return new Target(system, failed.getMessage(), List.of());
        }
    }

    /** By role, the first of the entitlements of the least level by which it is handed out on a system. */
    private Map<String, Entitlement> handedOutOn(String system) {
        return offer.handedOutOn(system).stream()
                .collect(Collectors.toMap(
                        entitlement -> entitlement.target().role(),
                        entitlement -> entitlement,
                        BinaryOperator.minBy(Comparator.comparing(Entitlement::level)),
                        LinkedHashMap::new));
    }

    private Lack lack(Missing missing, Map<String, Entitlement> handedOut) {
        Entitlement about = missing.role() == null ? null : handedOut.get(missing.role());
        return new Lack(missing.sentence(), missing.cure(), about == null ? null : findings.placeOf(about));
    }

    private static void tell(Target target) {
        if (target.unreachable() != null) {
            log.warn("The target '{}' could not be looked at: {}", target.name(), target.unreachable());
        }
        target.missing()
                .forEach(one -> log.warn(
                        "The target '{}': {} {}",
                        target.name(),
                        told(one),
                        one.cure() == null ? "" : "Cure: " + one.cure()));
    }
}
