package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.ReplayReport.Changed;
import dev.drawbridge.guardrails.ReplayReport.Counted;
import dev.drawbridge.guardrails.ReplayReport.FromTo;
import dev.drawbridge.guardrails.ReplayReport.Outcome;
import dev.drawbridge.guardrails.ReplayReport.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what came of trying judgements on other rules. */
final class ReplayTally {
    private final List<Changed> certain = new ArrayList<>();
    private final List<Changed> uncertain = new ArrayList<>();
    private int certainly;
    private int uncertainly;
    private int unreadable;

    void add(ReplayedJudgement replayed) {
        Changed changed = replayed.changed();
        if (replayed.isCertain()) {
            certainly++;
        } else {
            uncertainly++;
        }
        if (changed != null) {
            (replayed.isCertain() ? certain : uncertain).add(changed);
        }
    }

    void addUnreadable() {
        unreadable++;
    }

    void add(ReplayTally other) {
        certain.addAll(other.certain);
        uncertain.addAll(other.uncertain);
        certainly += other.certainly;
        uncertainly += other.uncertainly;
        unreadable += other.unreadable;
    }

    int judgements() {
        return certainly + uncertainly + unreadable;
    }

    ReplayReport report(Instant since, Instant until, boolean complete) {
        return new ReplayReport(
                since,
                until,
                judgements(),
                unreadable,
                complete,
                part(certainly, certain),
                part(uncertainly, uncertain));
    }

    private static Part part(int judgements, List<Changed> all) {
        List<Changed> changed = onceEach(all);
        return new Part(
                judgements,
                changed.size(),
                changes(changed),
                counted(changed, one -> one.rules()),
                counted(changed, one -> List.of(one.entitlement())),
                counted(changed, one -> one.groups()),
                counted(changed, one -> List.of(one.requester())),
                changed);
    }

    /** What was otherwise from the beginning is not otherwise once more at the grant. */
    private static List<Changed> onceEach(List<Changed> all) {
        Set<UUID> fromTheBeginning = all.stream()
                .filter(one -> !one.atTheGrant())
                .map(Changed::request)
                .collect(Collectors.toSet());
        Map<UUID, Changed> later = new TreeMap<>();
        all.stream()
                .filter(one -> one.atTheGrant() && !fromTheBeginning.contains(one.request()))
                .forEach(one -> later.merge(
                        one.request(),
                        one,
                        (first, second) -> first.judgedAt().isAfter(second.judgedAt()) ? second : first));
        return Stream.concat(all.stream().filter(one -> !one.atTheGrant()), later.values().stream())
                .sorted(Comparator.comparing(Changed::judgedAt).reversed().thenComparing(Changed::request))
                .toList();
    }

    private record Way(Outcome from, Outcome to) {}

    private static List<FromTo> changes(List<Changed> changed) {
        return changed.stream()
                .collect(Collectors.groupingBy(
                        one -> new Way(one.from().outcome(), one.to().outcome()), Collectors.summingInt(one -> 1)))
                .entrySet()
                .stream()
                .map(way -> new FromTo(way.getKey().from(), way.getKey().to(), way.getValue()))
                .sorted(Comparator.comparing(FromTo::requests)
                        .reversed()
                        .thenComparing(FromTo::from)
                        .thenComparing(FromTo::to))
                .toList();
    }

    /** The most first. */
    private static List<Counted> counted(List<Changed> changed, Function<Changed, Collection<String>> names) {
        return changed.stream()
                .flatMap(one -> names.apply(one).stream())
                .collect(Collectors.groupingBy(name -> name, Collectors.summingInt(one -> 1)))
                .entrySet()
                .stream()
                .map(name -> new Counted(name.getKey(), name.getValue()))
                .sorted(Comparator.comparing(Counted::requests).reversed().thenComparing(Counted::name))
                .toList();
    }
}
