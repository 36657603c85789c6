package dev.drawbridge.bench;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.guardrails.Finding;
import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Twenty rules twice: as a process owner writes them, and as a programmer would. */
final class TwentyRules {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration EIGHT_HOURS = Duration.ofHours(8);
    private static final Duration TWELVE_HOURS = Duration.ofHours(12);

    /** What a judgement goes by. */
    record Facts(Asked asked, Wanted wanted, Requester requester, SignedIn signedIn, Moment moment, History history) {
        List<Object> all() {
            return List.of(asked, wanted, requester, signedIn, moment, history);
        }
    }

    record Rule(String when, String then, Predicate<Facts> holds, Effect effect, String value) {}

    private static final String CHANGES = "Wanted( level == AccessLevel.WRITE || level == AccessLevel.ADMIN ) ";

    static final List<Rule> ALL = List.of(
            allow(
                    "Wanted( sensitivity == Sensitivity.LOW ) Asked( longerThan(\"PT1H\") == false )",
                    f -> is(f, Sensitivity.LOW) && !over(f, HOUR)),
            allow(
                    "Wanted( sensitivity == Sensitivity.MODERATE, level == AccessLevel.READ ) Asked("
                            + " longerThan(\"PT1H\") == false ) Moment( officeHours == true )",
                    f -> is(f, Sensitivity.MODERATE)
                            && f.wanted.level() == AccessLevel.READ
                            && !over(f, HOUR)
                            && f.moment.officeHours()),
            ask(
                    "manager",
                    "Wanted( sensitivity == Sensitivity.LOW ) Asked( longerThan(\"PT1H\") )",
                    f -> is(f, Sensitivity.LOW) && over(f, HOUR)),
            ask(
                    "manager",
                    "Wanted( sensitivity == Sensitivity.MODERATE ) Asked( longerThan(\"PT1H\") )",
                    f -> is(f, Sensitivity.MODERATE) && over(f, HOUR)),
            ask(
                    "manager",
                    "Wanted( sensitivity == Sensitivity.MODERATE ) Moment( officeHours == false )",
                    f -> is(f, Sensitivity.MODERATE) && !f.moment.officeHours()),
            ask("manager", "Wanted( sensitivity == Sensitivity.HIGH )", f -> is(f, Sensitivity.HIGH)),
            ask("security", "Wanted( sensitivity == Sensitivity.CRITICAL )", f -> is(f, Sensitivity.CRITICAL)),
            ask("manager", "History( automaticGrants >= 10 )", f -> f.history.automaticGrants() >= 10),
            ask("owner", "Wanted( level == AccessLevel.ADMIN )", f -> f.wanted.level() == AccessLevel.ADMIN),
            ask("owner", "Wanted( personalData, masked == false )", f -> f.wanted.personalData() && !f.wanted.masked()),
            ask(
                    "security",
                    "SignedIn( method == \"basic\" ) Wanted( level == AccessLevel.ADMIN )",
                    f -> f.signedIn.method().equals("basic") && f.wanted.level() == AccessLevel.ADMIN),
            ask("manager", "Moment( holiday == true )", f -> f.moment.holiday()),
            deny(
                    "Requester( belongsTo(\"contractors\") ) Wanted( sensitivity == Sensitivity.CRITICAL )",
                    f -> f.requester.belongsTo("contractors") && is(f, Sensitivity.CRITICAL)),
            deny(CHANGES + "Moment( changeFreeze == true )", f -> changes(f) && f.moment.changeFreeze()),
            deny(CHANGES + "Asked( withTicket == false )", f -> changes(f) && !f.asked.withTicket()),
            deny(
                    "Wanted( sensitivity != Sensitivity.LOW ) SignedIn( olderThan(\"PT12H\") )",
                    f -> !is(f, Sensitivity.LOW) && f.signedIn.age().compareTo(TWELVE_HOURS) > 0),
            deny(
                    "Wanted( environment == \"production\" ) Asked( longerThan(\"PT8H\") )",
                    f -> f.wanted.environment().equals("production") && over(f, EIGHT_HOURS)),
            limit("PT4H", "Wanted( sensitivity == Sensitivity.HIGH )", f -> is(f, Sensitivity.HIGH)),
            limit("PT1H", "Wanted( sensitivity == Sensitivity.CRITICAL )", f -> is(f, Sensitivity.CRITICAL)),
            new Rule(
                    "Wanted( masked == true )",
                    "oblige(\"masked-columns\")",
                    f -> f.wanted.masked(),
                    Effect.OBLIGE,
                    "masked-columns"));

    /** An ordinary request, by which two rules fire. */
    static final Facts ORDINARY = new Facts(
            new Asked(Duration.ofMinutes(45), "To measure", "", "", Duration.ZERO),
            new Wanted(
                    "orders-read",
                    "orders",
                    "orders",
                    AccessLevel.READ,
                    Sensitivity.MODERATE,
                    "production",
                    true,
                    true),
            new Requester("engineer", Set.of("engineers")),
            new SignedIn("form", false, HOUR, "192.0.2.7"),
            new Moment(true, false, false, false, false, DayOfWeek.TUESDAY, LocalTime.NOON),
            new History(2));

    private TwentyRules() {}

    static String id(int number) {
        return "bench/rule-" + number;
    }

    static String sentence(int number) {
        return "Rule number " + number;
    }

    /** What the rules as a programmer would write them find. */
    static List<Finding> consult(Facts facts) {
        List<Finding> found = new ArrayList<>();
        for (int number = 0; number < ALL.size(); number++) {
            Rule rule = ALL.get(number);
            if (rule.holds.test(facts)) {
                found.add(new Finding(id(number), rule.effect, sentence(number) + ".", rule.value));
            }
        }
        return found;
    }

    private static boolean is(Facts facts, Sensitivity sensitivity) {
        return facts.wanted.sensitivity() == sensitivity;
    }

    private static boolean changes(Facts facts) {
        return facts.wanted.level() == AccessLevel.WRITE || facts.wanted.level() == AccessLevel.ADMIN;
    }

    private static boolean over(Facts facts, Duration limit) {
        return facts.asked.duration().compareTo(limit) > 0;
    }

    private static Rule allow(String when, Predicate<Facts> holds) {
        return new Rule(when, "allow()", holds, Effect.ALLOW, null);
    }

    private static Rule ask(String level, String when, Predicate<Facts> holds) {
        return new Rule(when, "requireApproval(\"" + level + "\")", holds, Effect.REQUIRE_APPROVAL, level);
    }

    private static Rule deny(String when, Predicate<Facts> holds) {
        return new Rule(when, "deny()", holds, Effect.DENY, null);
    }

    private static Rule limit(String most, String when, Predicate<Facts> holds) {
        return new Rule(when, "limit(\"" + most + "\")", holds, Effect.LIMIT, most);
    }
}
