package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.guardrails.ImaginedRequest.Words;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.request.SubmitAccessRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What may be typed into a request: for how long, with which ticket, from when on. */
final class WordsTyped {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration TOMORROW = Duration.ofDays(1);

    private final List<Side> sides;
    private final Mentions mentions;
    private final Candidates candidates;
    private final Words usual;
    private final Set<String> leftOut = new LinkedHashSet<>();

    WordsTyped(List<Side> sides, Mentions mentions, Candidates candidates, Words usual) {
        this.sides = sides;
        this.mentions = mentions;
        this.candidates = candidates;
        this.usual = usual;
    }

    Set<String> leftOut() {
        return leftOut;
    }

    Stream<Words> all() {
        Collection<String> tickets = tickets();
        List<Duration> starts = starts();
        return lengths()
                .flatMap(length -> tickets.stream()
                        .flatMap(ticket -> starts.stream().map(start -> new Words(length, ticket, start))));
    }

    /** Where one side takes no request for so long, a length that both take, too. */
    private Stream<Duration> lengths() {
        Duration longest = sides.get(0).wanted().limit();
        return Stream.concat(
                        candidates.durations(Fact.ASKED, "longerThan", usual.duration(), Optional.of(longest)).stream(),
                        sides.stream().map(side -> side.wanted().limit()))
                .filter(length -> length.compareTo(longest) <= 0 && length.compareTo(SHORTEST) >= 0)
                .distinct();
    }

    private List<Duration> starts() {
        Optional<Duration> furthest = Optional.of(SubmitAccessRequest.FURTHEST_START);
        return mentions.use(Fact.ASKED, "startsLater", "startsAfter")
                ? Stream.concat(
                                Stream.of(Duration.ZERO),
                                candidates.durations(Fact.ASKED, "startsAfter", TOMORROW, furthest).stream())
                        .toList()
                : List.of(Duration.ZERO);
    }

    /** One of each kind, of very many that would do. */
    private Collection<String> tickets() {
        List<TicketNumbers> numbers =
                sides.stream().map(side -> side.facts().rules().tickets()).toList();
        Set<String> missed = new TreeSet<>(numbers.get(0).systems());
        Map<Object, String> byLooks = new LinkedHashMap<>();
        for (String ticket : candidates.tickets(numbers)) {
            missed.remove(numbers.get(0).systemOf(ticket));
            byLooks.putIfAbsent(looks(ticket, numbers), ticket);
        }
        if (mentions.use(Fact.ASKED, "ticketSystem")) {
            missed.forEach(system -> leftOut.add("tickets of '" + system + "'"));
        }
        return byLooks.values();
    }

    private List<Object> looks(String ticket, List<TicketNumbers> numbers) {
        boolean named = mentions.join(Fact.ASKED, "ticket")
                || mentions.texts(Fact.ASKED, "ticket").contains(ticket);
        return List.of(
                ticket.isEmpty(),
                named ? ticket : "",
                numbers.stream().map(each -> each.systemOf(ticket)).toList(),
                numbers.stream().map(each -> each.fit(ticket)).toList());
    }
}
