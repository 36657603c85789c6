package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.directory.Employment;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Holdings;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Facts for tests: an ordinary request of an entitlement, or any at all. */
final class AnyFacts {
    /** Of that, in Berlin: 11 o'clock. */
    static final Instant TUESDAY_MORNING = Instant.parse("2027-01-12T10:00:00Z");

    static final Instant TUESDAY_NIGHT = Instant.parse("2027-01-12T21:10:00Z");

    private static final List<String> TEXTS =
            List.of("", "a", "orders-read", "ÄÖÜ „“ 漢字 😀", "\"quoted\\\" {json}", " spaced ", "null", "' or 1=1");

    private final Random random;

    private AnyFacts(Random random) {
        this.random = random;
    }

    /** Of somebody who has just signed in with a password, and holds nothing. */
    static SeenFacts ordinary(RuleSet rules, String entitlement, String duration, Instant when) {
        Entitlement wanted = rules.catalog().find(entitlement).orElseThrow();
        BusinessCalendar.Moment moment = rules.calendar().at(when, wanted);
        return new SeenFacts(
                when,
                Duration.ZERO,
                new Asked(Duration.parse(duration), "", "", "", Duration.ZERO),
                GatherFacts.wanted(wanted),
                new Requester("erin", Set.of("engineers")),
                new SignedIn("form", false, Duration.ofMinutes(5), "127.0.0.1"),
                GatherFacts.moment(moment),
                new History(0),
                new Holdings(0, 0, 0, 0),
                List.of(),
                null,
                false,
                rules.rulebook().parameters().texts());
    }

    static SeenFacts any(long seed) {
        return new AnyFacts(new Random(seed)).any();
    }

    private SeenFacts any() {
        return new SeenFacts(
                Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                duration(),
                new Asked(duration(), "", text(), text(), duration()),
                new Wanted(
                        text(),
                        text(),
                        text(),
                        of(AccessLevel.values()),
                        of(Sensitivity.values()),
                        text(),
                        random.nextBoolean(),
                        random.nextBoolean()),
                new Requester(
                        text(),
                        IntStream.range(0, random.nextInt(4))
                                .mapToObj(number -> text() + number)
                                .collect(Collectors.toSet()),
                        text(),
                        random.nextInt(4) == 0 ? null : of(Employment.values()),
                        random.nextBoolean(),
                        random.nextBoolean()),
                new SignedIn(text(), random.nextBoolean(), duration(), text()),
                new Moment(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        of(DayOfWeek.values()),
                        LocalTime.ofNanoOfDay(random.nextLong(LocalTime.MAX.toNanoOfDay()))),
                new History(random.nextInt()),
                new Holdings(random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt()),
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(number -> new Held(text(), text(), text(), of(AccessLevel.values())))
                        .toList(),
                random.nextBoolean()
                        ? null
                        : IntStream.range(0, random.nextInt(3))
                                .mapToObj(number -> new HeldByOthers(
                                        text(), text(), text(), of(AccessLevel.values()), random.nextInt()))
                                .toList(),
                random.nextBoolean(),
                random.nextBoolean() ? Map.of() : Map.of("longest", text(), "most", text()));
    }

    private Duration duration() {
        return random.nextBoolean()
                ? Duration.ofMinutes(random.nextInt(100_000))
                : Duration.ofSeconds(random.nextInt(1_000_000), random.nextInt(1_000_000_000));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private <T> T of(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
