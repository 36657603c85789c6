package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.directory.Employment;
import dev.drawbridge.guardrails.ImaginedRequest.Person;
import dev.drawbridge.guardrails.ImaginedRequest.Words;
import dev.drawbridge.guardrails.facts.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Any request that could be sent, with no thought of what the rules make of it. */
final class RandomRequests {
    private static final Instant FIRST = Instant.parse("2026-11-20T00:00:00Z");
    private static final int MINUTES = 500 * 24 * 60;
    private static final List<String> ADDRESSES = List.of(
            "", "10.0.0.1", "10.0.0.2", "10.255.255.255", "11.0.0.0", "192.0.2.77", "::1", "2001:db8::5", "127.0.0.1");

    private final Random random;
    private final RuleSet rules;

    RandomRequests(Random random, RuleSet rules) {
        this.random = random;
        this.rules = rules;
    }

    ImaginedRequest any() {
        return of(pick(List.copyOf(rules.catalog().all())));
    }

    ImaginedRequest of(Entitlement wanted) {
        Set<String> groups = new HashSet<>(List.of(pick(List.copyOf(wanted.requesters()))));
        for (int more = random.nextInt(4); more > 0; more--) {
            groups.add(pick(RandomRule.TEXTS));
        }
        Duration startsIn = random.nextBoolean() ? Duration.ZERO : pick(RandomRule.DURATIONS);
        List<String> held = new ArrayList<>();
        Map<String, Integer> byOthers = new HashMap<>();
        for (Entitlement one : rules.catalog().all()) {
            if (random.nextInt(3) == 0 && (one != wanted || !startsIn.isZero())) {
                held.add(one.id());
            }
            if (random.nextInt(3) == 0) {
                byOthers.put(one.id(), 1 + random.nextInt(5));
            }
        }
        return new ImaginedRequest(
                wanted.id(),
                new Words(length(wanted), ticket(), startsIn),
                new Person(
                        pick(RandomRule.TEXTS),
                        groups,
                        random.nextBoolean() ? null : pick(List.of(Employment.values())),
                        random.nextBoolean(),
                        random.nextBoolean()),
                new SignedIn(
                        pick(RuleWords.METHODS),
                        random.nextBoolean(),
                        pick(RandomRule.DURATIONS).plusSeconds(random.nextInt(2)),
                        random.nextBoolean() ? pick(ADDRESSES) : pick(RandomRule.TEXTS)),
                FIRST.plusSeconds(60L * random.nextInt(MINUTES)),
                random.nextInt(6),
                held,
                byOthers);
    }

    private Duration length(Entitlement wanted) {
        Duration length = pick(RandomRule.DURATIONS).plusSeconds(random.nextInt(3) - 1L);
        return length.compareTo(wanted.limit()) > 0 ? wanted.limit() : length;
    }

    private String ticket() {
        String ticket = random.nextBoolean() ? pick(RandomRule.TEXTS) : String.valueOf(random.nextInt(100));
        return rules.tickets().fit(ticket) ? ticket : "";
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
