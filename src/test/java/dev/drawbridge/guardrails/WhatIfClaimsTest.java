package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.request.InWords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What is told to help helps, for each of the cases that the words stand for. */
class WhatIfClaimsTest {
    private static final RuleSet OURS = RuleSet.of(new RuleFiles(Path.of("rules")));
    private static final List<String> THINGS = List.of("app-logs-read", "orders-read", "orders-write");
    private static final List<Duration> LENGTHS = Stream.of("PT15M", "PT30M", "PT1H", "PT2H", "PT4H", "PT8H")
            .map(Duration::parse)
            .toList();

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void holdsForAnyTimeThatIsNotLongerAndAtAnyMomentOfThatSort(
            @ForAll @IntRange(max = 2) int thing,
            @ForAll @IntRange(min = 1, max = 480) int minutes,
            @ForAll @IntRange(max = 60 * 24 * 365) int minuteOfTheYear,
            @ForAll @IntRange(min = 1, max = 480) int tried,
            @ForAll @IntRange(max = 60 * 24 * 7) int later) {
        SeenFacts facts = AnyFacts.ordinary(
                OURS,
                THINGS.get(thing),
                Duration.ofMinutes(minutes).toString(),
                AnyFacts.TUESDAY_MORNING.plus(Duration.ofMinutes(minuteOfTheYear)));

        for (String way : WhatIf.automatic(OURS, facts)) {
            SeenFacts helped = facts;
            List<String> unknown = new ArrayList<>(List.of(way.split(" and ")));
            for (Duration length : LENGTHS) {
                if (unknown.remove("for " + InWords.length(length) + " or less")) {
                    Duration shorter = Duration.ofMinutes(Math.min(tried, length.toMinutes()));
                    helped = helped.asking(new Asked(shorter, "", "", "", Duration.ZERO));
                }
            }
            if (unknown.remove("in office hours")) {
                Instant when = facts.when().plus(Duration.ofMinutes(later));
                Entitlement wanted = OURS.wanted(facts).orElseThrow();
                Moment moment = GatherFacts.moment(OURS.calendar().at(when, wanted));
                if (!moment.officeHours()) {
                    continue;
                }
                helped = helped.at(when, moment);
            }
            assertThat(unknown).as(way).isEmpty();
            assertThat(OURS.say(helped).isAutomatic())
                    .as("%s of %s", way, facts)
                    .isTrue();
        }
    }
}
