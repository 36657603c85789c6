package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Network;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.catalog.TimesOfDay;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values for the words that are open, so many that each class of values that the rules can tell apart has one at least. */
final class Candidates {
    private static final Duration BEYOND = Duration.ofHours(1);
    private static final int LONGEST_TICKET = 40;

    private final Mentions mentions;
    /** What texts may have to be equal to, where words are compared with one another. */
    private final Set<String> texts = new LinkedHashSet<>();

    Candidates(Mentions mentions, List<Side> sides) {
        this.mentions = mentions;
        if (mentions.joinAny(Kind.TEXT)) {
            texts.addAll(mentions.all(Operand.Text.class, Operand.Text::value));
            sides.forEach(side -> texts.addAll(closed(side.facts().rules())));
            texts.add(ImaginedRequest.SOMEBODY.id());
            texts.add(ImaginedRequest.JUST_NOW.address());
        }
    }

    /** All that the words can be which are not open. */
    private static Set<String> closed(RuleSet rules) {
        Set<String> closed = new TreeSet<>(RuleWords.METHODS);
        rules.catalog()
                .all()
                .forEach(one -> closed.addAll(
                        List.of(one.id(), one.resource(), one.target().system(), one.environment())));
        closed.addAll(rules.tickets().systems());
        closed.addAll(rules.tickets().each());
        Stream.concat(
                        Stream.of(Set.<String>of()),
                        rules.calendar().zonedGroups().stream().map(Set::of))
                .forEach(groups ->
                        closed.add(rules.calendar().zoneOfMember(groups).getId()));
        return closed;
    }

    /** Of every span between the lengths that are asked for, one; none longer than {@code longest}. */
    List<Duration> durations(Fact fact, String word, Duration usual, Optional<Duration> longest) {
        TreeSet<Duration> edges = new TreeSet<>(mentions.of(fact, word, Operand.Lasting.class, Operand.Lasting::than));
        Duration last =
                longest.orElseGet(() -> edges.isEmpty() ? usual : edges.last().plus(BEYOND));
        return Stream.of(Stream.of(usual), edges.stream(), Stream.of(last))
                .flatMap(some -> some)
                .filter(length -> length.compareTo(last) <= 0)
                .distinct()
                .toList();
    }

    /** None, and of all that can be told apart one; each fits a pattern of the first of these. */
    List<String> tickets(List<TicketNumbers> numbers) {
        Set<String> tickets = new LinkedHashSet<>(List.of(""));
        if (mentions.use(Fact.ASKED, "ticket", "withTicket", "ticketSystem")) {
            List<String> examples =
                    numbers.stream().flatMap(each -> each.each().stream()).toList();
            Set<String> named = mentions.texts(Fact.ASKED, "ticket");
            tickets.addAll(examples);
            if (!named.isEmpty()
                    || numbers.stream().anyMatch(each -> !each.systems().isEmpty())
                    || mentions.join(Fact.ASKED, "ticket")) {
                examples.forEach(example -> tickets.addAll(like(example)));
            }
            tickets.addAll(named);
            tickets.addAll(texts);
        }
        tickets.removeIf(ticket -> !ticket.isEmpty() && !numbers.get(0).fit(ticket));
        return List.copyOf(tickets);
    }

    /** With one letter or digit changed to another. */
    private static List<String> like(String example) {
        List<String> all = new ArrayList<>();
        for (int at = 0; at < Math.min(example.length(), LONGEST_TICKET); at++) {
            char now = example.charAt(at);
            String kind = Character.isDigit(now) ? "1234567890" : Character.isLetter(now) ? "ABXZQ" : "";
            for (char other : kind.toCharArray()) {
                all.add(example.substring(0, at) + other + example.substring(at + 1));
            }
        }
        return all;
    }

    List<String> people() {
        Set<String> ids = new LinkedHashSet<>(List.of(ImaginedRequest.SOMEBODY.id()));
        if (mentions.use(Fact.REQUESTER, "id")) {
            ids.addAll(mentions.texts(Fact.REQUESTER, "id"));
            ids.addAll(texts);
        }
        return List.copyOf(ids);
    }

    /** In each network, and outside of the smaller ones in it; outside of all; and such as are none. */
    List<String> addresses() {
        Set<String> addresses = new LinkedHashSet<>(List.of(ImaginedRequest.JUST_NOW.address()));
        if (mentions.use(Fact.SIGNED_IN, "address", "addressIn")) {
            addresses.addAll(List.of("", "0.0.0.0", "192.0.2.1", "::", "2001:db8::1"));
            Set<String> named = mentions.texts(Fact.SIGNED_IN, "address");
            addresses.addAll(named);
            addresses.addAll(texts);
            named.forEach(name -> addresses.addAll(Addresses.around(name)));
            mentions.of(Fact.SIGNED_IN, "addressIn", Operand.Within.class, Operand.Within::network)
                    .forEach(network -> addresses.addAll(Addresses.edges(Network.parse(network))));
        }
        return List.copyOf(addresses);
    }

    /** Around every number that a word is compared with, from {@code least}; up to {@code counted} where it is compared with counts. */
    List<Integer> numbers(Fact fact, String word, int least, int counted) {
        Set<Integer> numbers = new LinkedHashSet<>(List.of(least));
        boolean joined = mentions.join(fact, word);
        Set<Integer> named = joined
                ? mentions.all(Operand.Number.class, Operand.Number::value)
                : mentions.of(fact, word, Operand.Number.class, Operand.Number::value);
        // Two more than enough for one word: three may have to differ between the same two numbers.
        named.forEach(number -> IntStream.rangeClosed(-1, 3).forEach(by -> numbers.add(number + by)));
        if (joined) {
            IntStream.rangeClosed(0, counted + 3).forEach(numbers::add);
        }
        numbers.removeIf(number -> number < least);
        return List.copyOf(numbers);
    }

    /** When spans of the day begin and end. */
    List<LocalTime> times() {
        return mentions.of(Fact.MOMENT, "between", Operand.Between.class, Operand.Between::times).stream()
                .map(TimesOfDay::parse)
                .flatMap(span -> Stream.of(span.from(), span.to()))
                .map(second ->
                        LocalTime.ofSecondOfDay(second % Duration.ofDays(1).toSeconds()))
                .toList();
    }
}
