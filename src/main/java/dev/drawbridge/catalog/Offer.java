package dev.drawbridge.catalog;

import dev.drawbridge.publication.LatestPublication;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What can be asked for, and given, at this moment: what the catalog has, that is not retired, on a target that is there. All
 * else would become a request that nobody can serve.
 */
@Component
public class Offer {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Catalog catalog;
    private final TargetNames targets;
    private final LatestPublication latest;
    private final Clock clock;

    Offer(Catalog catalog, TargetNames targets, LatestPublication latest, Clock clock) {
        this.catalog = catalog;
        this.targets = targets;
        this.latest = latest;
        this.clock = clock;
    }

    /** Whether the catalog has it, to be had at this moment or not. */
    public boolean knows(String id) {
        return catalog.find(id).isPresent();
    }

    /** What can be had at this moment. */
    public Optional<Entitlement> find(String id) {
        return catalog.find(id).filter(entitlement -> whyNot(entitlement).isEmpty());
    }

    /** What can be had, as soon as its target is there. */
    public Optional<Entitlement> findOnAnyTarget(String id) {
        return catalog.find(id).filter(entitlement -> retired(entitlement).isEmpty());
    }

    /** Why it cannot be had at this moment: a sentence; none where it can. */
    public Optional<String> whyNot(String id) {
        return catalog.find(id).map(this::whyNot).orElse(Optional.of("It is no longer in the catalog."));
    }

    /**
     * Why it can be had no more, whatever becomes of its target: a sentence; none where that is not so. While this node is behind,
     * what is not in the catalog here may be in it elsewhere, and that is no end.
     */
    public Optional<String> whyNeverAgain(String id) {
        return catalog.find(id)
                .map(this::retired)
                .orElseGet(
                        () -> latest.isInForce() ? Optional.of("It is no longer in the catalog.") : Optional.empty());
    }

    /** What is handed out on a target: what the catalog has there, unless access to it has ended with its retirement. */
    public List<Entitlement> handedOutOn(String system) {
        return catalog.all().stream()
                .filter(entitlement -> entitlement.target().system().equals(system)
                        && whyEnded(entitlement.id()).isEmpty())
                .toList();
    }

    /** Why access to it ends now: a sentence; none where it lasts until its own end. */
    public Optional<String> whyEnded(String id) {
        return catalog.find(id)
                .flatMap(this::due)
                .filter(plan -> plan.live() == Entitlement.Live.END)
                .map(Offer::said);
    }

    private Optional<String> whyNot(Entitlement entitlement) {
        return retired(entitlement)
                .or(() -> targets.configured().contains(entitlement.target().system())
                        ? Optional.empty()
                        : Optional.of("Its target '" + entitlement.target().system()
                                + "' is not configured here; please tell the operators."));
    }

    private Optional<String> retired(Entitlement entitlement) {
        return due(entitlement).map(Offer::said);
    }

    private Optional<Entitlement.Retired> due(Entitlement entitlement) {
        return entitlement.retired().due(clock.instant());
    }

    private static String said(Entitlement.Retired plan) {
        return "It has been retired since " + MOMENT.format(plan.at()) + ".";
    }

    /** What has been retired by now. */
    public Set<String> retired() {
        return catalog.all().stream()
                .filter(entitlement -> retired(entitlement).isPresent())
                .map(Entitlement::id)
                .collect(Collectors.toSet());
    }

    /** Those that a member of these groups may ask for, in the file's order. */
    public List<Entitlement> to(Set<String> groups) {
        return catalog.all().stream()
                .filter(entitlement -> !Collections.disjoint(entitlement.requesters(), groups)
                        && whyNot(entitlement).isEmpty())
                .toList();
    }
}
