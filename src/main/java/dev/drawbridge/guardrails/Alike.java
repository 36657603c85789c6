package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps one of all that rules cannot tell apart: the first. */
final class Alike {
    private final List<Side> sides;
    private final List<PatternView> views;

    Alike(List<Side> sides, List<PatternView> views) {
        this.sides = sides;
        this.views = views;
    }

    /** One choice for each class of these ways; {@code kinds} are those of the facts that they make. */
    List<Choice> distinct(Set<Fact> kinds, ImaginedRequest base, Stream<UnaryOperator<ImaginedRequest>> ways) {
        Map<Object, Choice> byLooks = new LinkedHashMap<>();
        ways.forEach(way -> {
            ImaginedRequest request = way.apply(base);
            List<Map<Fact, List<?>>> facts =
                    sides.stream().map(side -> side.facts().of(kinds, request)).toList();
            boolean refused = sides.size() > 1 && refusedBefore(kinds, request);
            byLooks.putIfAbsent(
                    List.of(facts.stream().flatMap(this::looks).toList(), refused), new Choice(facts, way, refused));
        });
        return List.copyOf(byLooks.values());
    }

    /** Equal where no pattern can tell these facts of two requests apart. */
    List<Set<Object>> looks(Set<Fact> kinds, ImaginedRequest request) {
        return sides.stream()
                .flatMap(side -> looks(side.facts().of(kinds, request)))
                .toList();
    }

    private Stream<Set<Object>> looks(Map<Fact, List<?>> facts) {
        return facts.entrySet().stream()
                .map(kind -> kind.getValue().stream()
                        .map(fact -> looks(kind.getKey(), fact))
                        .filter(seen -> !seen.isEmpty())
                        .collect(Collectors.toSet()));
    }

    /** Nothing where no pattern may match it. */
    private List<Object> looks(Fact kind, Object fact) {
        List<PatternView> of = views.stream().filter(view -> view.isOf(kind)).toList();
        return of.stream().noneMatch(view -> view.mayMatch(fact))
                ? List.of()
                : of.stream().<Object>map(view -> view.of(fact)).toList();
    }

    private boolean refusedBefore(Set<Fact> kinds, ImaginedRequest request) {
        ImaginedFacts before = sides.get(1).facts();
        return kinds.contains(Fact.ASKED) && before.refuses(request, request.words())
                || kinds.contains(Fact.REQUESTER) && before.refuses(request, request.person());
    }
}
