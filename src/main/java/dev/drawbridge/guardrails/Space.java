package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.TellingMoments;
import dev.drawbridge.guardrails.ImaginedRequest.Person;
import dev.drawbridge.guardrails.ImaginedRequest.Words;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All requests that can be sent for one entitlement, as far as rules can tell them apart. What no rule speaks of stays as it
 * usually is; of what they speak of there is one value for each class that they could take for different.
 */
final class Space {
    private static final Duration USUAL = Duration.ofMinutes(30);

    private final List<Side> sides;
    private final Mentions mentions;
    private final Candidates candidates;
    private final Alike alike;
    private final ImaginedRequest base;
    private final List<Instant> moments;
    private final List<Choice.Group> groups = new ArrayList<>();
    private final Set<String> leftOut = new LinkedHashSet<>();

    /**
     * All that the sides can tell apart.
     *
     * @param sides first the rules that the requests would be sent to, then those that they are compared with, if any
     * @param first the facts that decide most; they are chosen before the others
     */
    Space(List<Side> sides, Set<Fact> first) {
        this.sides = sides;
        // What may be asked for again while it is held begins later.
        List<Clause> later = List.of(new Clause.Pattern(
                Fact.ASKED, List.of(new Constraint.Holds(new Operand.Property("startsLater", Vocabulary.Kind.TRUTH)))));
        List<List<Clause>> conditions =
                sides.stream().flatMap(Side::conditions).distinct().toList();
        boolean held = conditions.stream()
                .flatMap(when -> Leaves.facts(when).stream())
                .anyMatch(kind -> kind == Fact.HELD || kind == Fact.HOLDINGS);
        List<List<Clause>> all =
                held ? Stream.concat(conditions.stream(), Stream.of(later)).toList() : conditions;
        mentions = new Mentions(all.stream());
        candidates = new Candidates(mentions, sides);
        alike = new Alike(sides, PatternView.of(all.stream()));
        List<BusinessCalendar> calendars =
                sides.stream().map(side -> side.facts().rules().calendar()).toList();
        moments = TellingMoments.of(calendars, candidates.times());
        base = base();
        fill();
        // What has few ways to be decides much before the rest is looked at.
        groups.sort(Comparator.<Choice.Group, Boolean>comparing(group -> Collections.disjoint(group.kinds(), first))
                .thenComparing(group -> group.choices().size()));
    }

    private Side now() {
        return sides.get(0);
    }

    private Entitlement wanted() {
        return now().wanted();
    }

    private ImaginedRequest base() {
        Duration usual = USUAL.compareTo(wanted().limit()) <= 0 ? USUAL : wanted().limit();
        return new ImaginedRequest(
                wanted().id(),
                new Words(usual, "", Duration.ZERO),
                new Person(
                        ImaginedRequest.SOMEBODY.id(),
                        wanted().requesters().stream().sorted().limit(1).collect(Collectors.toSet()),
                        null,
                        false,
                        false),
                ImaginedRequest.JUST_NOW,
                moments.get(0),
                0,
                List.of(),
                Map.of());
    }

    private void fill() {
        WordsTyped typed = new WordsTyped(sides, mentions, candidates, base.words());
        add(Set.of(Fact.ASKED), typed.all().map(words -> request -> request.with(words)));
        PeopleWhoAsk people = new PeopleWhoAsk(sides, mentions, candidates);
        add(Set.of(Fact.REQUESTER), people.all().map(person -> request -> request.with(person)));
        add(Set.of(Fact.SIGNED_IN), signIns().map(signIn -> request -> request.with(signIn)));
        add(Set.of(Fact.MOMENT), moments().map(moment -> request -> request.with(moment)));
        add(
                Set.of(Fact.HISTORY),
                numbers(Fact.HISTORY, "automaticGrants", 0).stream()
                        .map(number -> request -> request.with((int) number)));
        HeldAtOnce atOnce = new HeldAtOnce(sides, mentions, alike, base);
        HeldElsewhere elsewhere = new HeldElsewhere(sides, alike, base);
        add(Set.of(Fact.HELD, Fact.HOLDINGS), atOnce.all().stream().map(held -> request -> request.with(held)));
        add(
                Set.of(Fact.HELD_BY_OTHERS),
                elsewhere.all(numbers(Fact.HELD_BY_OTHERS, "people", 1)).stream()
                        .map(held -> request -> request.with(held)));
        mentions.beside(TriedWords.ALL).forEach(word -> leftOut.add("what '" + word + "' may be"));
        Stream.of(typed.leftOut(), people.leftOut(), atOnce.leftOut(), elsewhere.leftOut())
                .forEach(leftOut::addAll);
    }

    private void add(Set<Fact> kinds, Stream<UnaryOperator<ImaginedRequest>> ways) {
        groups.add(new Choice.Group(kinds, alike.distinct(kinds, base, ways)));
    }

    private Stream<SignedIn> signIns() {
        List<String> methods = mentions.use(Fact.SIGNED_IN, "method") ? RuleWords.METHODS : List.of("form");
        List<Duration> ages =
                candidates.durations(Fact.SIGNED_IN, "olderThan", ImaginedRequest.JUST_NOW.age(), Optional.empty());
        List<String> addresses = candidates.addresses();
        return methods.stream()
                .flatMap(method -> mentions.truths(Fact.SIGNED_IN, "mfa").stream()
                        .flatMap(mfa -> ages.stream()
                                .flatMap(age ->
                                        addresses.stream().map(address -> new SignedIn(method, mfa, age, address)))));
    }

    private Stream<Instant> moments() {
        return mentions.useAny(Set.of(Fact.MOMENT)) ? moments.stream() : Stream.of(base.at());
    }

    private List<Integer> numbers(Fact fact, String word, int least) {
        return candidates.numbers(
                fact, word, least, now().facts().rules().catalog().all().size());
    }

    List<Choice.Group> groups() {
        return groups;
    }

    /** The whole request of which a part is varied at a time. */
    ImaginedRequest start() {
        return base;
    }

    List<Side> sides() {
        return sides;
    }

    /** Whether both sides see the same facts of each request. */
    boolean looksTheSame() {
        return groups.stream()
                .flatMap(group -> group.choices().stream())
                .noneMatch(choice -> choice.refusedBefore()
                        || choice.facts().stream().distinct().count() > 1);
    }

    /** One of all combinations, none more likely than another; nothing where there is none. */
    Optional<ImaginedRequest> any(Random random) {
        ImaginedRequest request = base;
        for (Choice.Group group : groups) {
            if (group.choices().isEmpty()) {
                return Optional.empty();
            }
            request = group.choices()
                    .get(random.nextInt(group.choices().size()))
                    .said()
                    .apply(request);
        }
        return Optional.of(request);
    }

    /** What was not looked at for being too much, in words; nothing: there is everything. */
    Set<String> leftOut() {
        return leftOut;
    }
}
