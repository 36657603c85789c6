package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Change.Kind;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.Moment;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Other moments to ask for: of those sorts that the rules speak of, what the calendar really has within the next days. */
final class OtherMoments {
    /** As far ahead as one can ask for. */
    private static final Duration FURTHEST = Duration.ofDays(30);

    private static final Duration STEP = Duration.ofMinutes(30);

    private final RuleSet rules;
    private final SeenFacts facts;
    private final List<Sort> spoken;
    private final Map<Entitlement, List<At>> known = new HashMap<>();

    private OtherMoments(RuleSet rules, SeenFacts facts) {
        this.rules = rules;
        this.facts = facts;
        this.spoken = sorts(rules.rulebook(), facts.moment());
    }

    private record At(Instant when, Moment moment) {}

    /** A sort of moments, in words. */
    private record Sort(String words, Predicate<Moment> is) {}

    /** One sort at a time, the one with the most moments first; then two together. */
    static List<Change> of(RuleSet rules, SeenFacts facts) {
        OtherMoments moments = new OtherMoments(rules, facts);
        List<Sort> one = moments.byFrequency();
        List<Sort> all = new ArrayList<>(one);
        for (int first = 0; first < one.size(); first++) {
            for (Sort other : one.subList(first + 1, one.size())) {
                Sort sort = one.get(first);
                all.add(new Sort(sort.words() + ", " + other.words(), sort.is().and(other.is())));
            }
        }
        return all.stream()
                .map(sort -> new Change(Kind.MOMENT, sort.words(), seen -> moments.of(seen, sort.is())))
                .toList();
    }

    private List<Sort> byFrequency() {
        List<At> all = rules.wanted(facts).map(this::all).orElse(List.of());
        Map<Sort, Long> moments = new HashMap<>();
        spoken.forEach(sort -> moments.put(
                sort, all.stream().filter(at -> sort.is().test(at.moment())).count()));
        return spoken.stream()
                .sorted(Comparator.comparing((Sort sort) -> moments.getOrDefault(sort, 0L))
                        .reversed())
                .toList();
    }

    /** The next of those of the sort, and of the others each that is unlike it for the rules: all of them have to do. */
    private List<SeenFacts> of(SeenFacts seen, Predicate<Moment> sort) {
        Map<List<Boolean>, At> unlike = new LinkedHashMap<>();
        rules.wanted(seen).map(this::all).orElse(List.of()).stream()
                .filter(at -> sort.test(at.moment()) && isOrdinary(at.moment()))
                .forEach(at -> unlike.putIfAbsent(
                        spoken.stream().map(one -> one.is().test(at.moment())).toList(), at));
        return unlike.values().stream()
                .map(at -> seen.at(at.when(), at.moment()))
                .toList();
    }

    /** A holiday or a freeze that is to come is no reason to keep what can be had on any other day to oneself. */
    private boolean isOrdinary(Moment moment) {
        return (facts.moment().holiday() || !moment.holiday())
                && (facts.moment().changeFreeze() || !moment.changeFreeze());
    }

    private List<At> all(Entitlement wanted) {
        Instant now = facts.when();
        return known.computeIfAbsent(
                wanted,
                any -> Stream.iterate(
                                now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)),
                                when -> when.isBefore(now.plus(FURTHEST)),
                                when -> when.plus(STEP))
                        .map(when ->
                                new At(when, GatherFacts.moment(rules.calendar().at(when, wanted))))
                        .toList());
    }

    private static List<Sort> sorts(Rulebook rulebook, Moment now) {
        Map<String, Sort> sorts = new LinkedHashMap<>();
        Spoken.of(Fact.MOMENT, rulebook)
                .flatMap(word -> sort(word, now).stream())
                .forEach(sort -> sorts.putIfAbsent(sort.words(), sort));
        return List.copyOf(sorts.values());
    }

    /** Moments of which the word is worth something else than now. */
    private static Optional<Sort> sort(Operand word, Moment now) {
        if (word instanceof Operand.Property property) {
            return Optional.ofNullable(
                    switch (property.word()) {
                        case "officeHours" ->
                            now.officeHours()
                                    ? new Sort("outside office hours", moment -> !moment.officeHours())
                                    : new Sort("in office hours", Moment::officeHours);
                        case "weekend" ->
                            now.weekend()
                                    ? new Sort("on a weekday", moment -> !moment.weekend())
                                    : new Sort("at the weekend", Moment::weekend);
                        case "maintenanceWindow" ->
                            now.maintenanceWindow()
                                    ? new Sort("outside a maintenance window", moment -> !moment.maintenanceWindow())
                                    : new Sort("in a maintenance window", Moment::maintenanceWindow);
                        case "changeFreeze" ->
                            now.changeFreeze()
                                    ? new Sort("once the change freeze is over", moment -> !moment.changeFreeze())
                                    : null;
                        case "holiday" ->
                            now.holiday() ? new Sort("once the holiday is over", moment -> !moment.holiday()) : null;
                        default -> null;
                    });
        }
        if (word instanceof Operand.Between between) {
            String times = between.times().replace("-", " and ");
            return Optional.of(
                    now.between(between.times())
                            ? new Sort(
                                    "at another time than between " + times, moment -> !moment.between(between.times()))
                            : new Sort("between " + times, moment -> moment.between(between.times())));
        }
        return word instanceof Operand.Constant constant && constant.kind() == Vocabulary.Kind.DAY
                ? Optional.of(day(DayOfWeek.valueOf(constant.name()), now))
                : Optional.empty();
    }

    private static Sort day(DayOfWeek day, Moment now) {
        String name = day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return now.dayOfWeek() == day
                ? new Sort("on another day than " + name, moment -> moment.dayOfWeek() != day)
                : new Sort("on a " + name, moment -> moment.dayOfWeek() == day);
    }
}
