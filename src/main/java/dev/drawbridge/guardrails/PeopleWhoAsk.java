package dev.drawbridge.guardrails;

import dev.drawbridge.directory.Employment;
import dev.drawbridge.guardrails.ImaginedRequest.Person;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may ask for something: in all sets of the groups that rules name, each with a group that may ask. */
final class PeopleWhoAsk {
    private static final int MOST_SETS = 4_096;

    private final List<Side> sides;
    private final Mentions mentions;
    private final Candidates candidates;
    private final Set<String> leftOut = new LinkedHashSet<>();

    PeopleWhoAsk(List<Side> sides, Mentions mentions, Candidates candidates) {
        this.sides = sides;
        this.mentions = mentions;
        this.candidates = candidates;
    }

    Set<String> leftOut() {
        return leftOut;
    }

    Stream<Person> all() {
        List<Set<String>> groups = groups();
        return candidates.people().stream()
                .flatMap(id -> groups.stream()
                        .flatMap(in -> employments().stream()
                                .flatMap(employment -> mentions.truths(Fact.REQUESTER, "withManager").stream()
                                        .flatMap(manager -> mentions.truths(Fact.REQUESTER, "withSponsor").stream()
                                                .map(sponsor ->
                                                        new Person(id, in, employment.kind(), manager, sponsor))))));
    }

    /** None, or one. */
    private record Recorded(@Nullable Employment kind) {}

    private List<Recorded> employments() {
        List<Recorded> all = new ArrayList<>(List.of(new Recorded(null)));
        if (mentions.use(Fact.REQUESTER, "employment")) {
            Stream.of(Employment.values()).map(Recorded::new).forEach(all::add);
        }
        return all;
    }

    private List<Set<String>> groups() {
        Set<String> named = named();
        Subsets<String> sets = Subsets.of(List.copyOf(named), MOST_SETS);
        if (!sets.all()) {
            leftOut.add("people in more than " + sets.size() + " of the " + named.size() + " groups that count");
        }
        return sets.sets().stream()
                .flatMap(set -> asRequester(Set.copyOf(set), named).stream())
                .toList();
    }

    /** The groups that make a difference: to a rule, to the zone, or to who may ask on one side only. */
    private Set<String> named() {
        Set<String> named = new TreeSet<>(
                mentions.of(Fact.REQUESTER, "belongsTo", Operand.Belonging.class, Operand.Belonging::group));
        Set<String> requesters = sides.get(0).wanted().requesters();
        for (Side side : sides) {
            if (mentions.use(Fact.REQUESTER, "zone")) {
                named.addAll(side.facts().rules().calendar().zonedGroups());
            }
            if (!side.wanted().requesters().equals(requesters)) {
                named.addAll(side.wanted().requesters());
                named.addAll(requesters);
            }
        }
        return named;
    }

    /** With a group that may ask, of those that make no other difference; none where there is no such. */
    private Optional<Set<String>> asRequester(Set<String> groups, Set<String> named) {
        Set<String> requesters = sides.get(0).wanted().requesters();
        if (requesters.stream().anyMatch(groups::contains)) {
            return Optional.of(groups);
        }
        return requesters.stream()
                .filter(group -> !named.contains(group))
                .min(Comparator.naturalOrder())
                .map(group -> {
                    Set<String> more = new TreeSet<>(groups);
                    more.add(group);
                    return more;
                });
    }
}
