package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.TicketNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.util.FileSystemUtils;

/** The classes that are enumerated, held against requests that nobody thought of. */
class EnumerationTest {
    private static final int REQUESTS = 300;
    private static final long MOST_STEPS = 300_000;

    private static final List<String> INVARIANTS = List.of(
            "never: automatic",
            "never: given",
            "needs: {people: 1}",
            "needs: {limit: PT60M}",
            "needs: {obligations: masked-columns}",
            "when: {officeHours: false}\n    never: automatic",
            "when: {level: [WRITE, ADMIN], mfa: false}\n    never: given",
            "when: {group: engineers, longerThan: PT1H}\n    never: given",
            "when: {held: a}\n    unless: {weekend: true}\n    never: automatic");

    private static Path folder;

    @BeforeContainer
    static void writeACatalogOfOddWords() throws IOException {
        folder = Files.createTempDirectory("enumeration");
        DraftRules rules = new DraftRules(folder)
                .write("levels.yaml", Files.readString(Path.of("rules", "levels.yaml")))
                .write("tickets.yaml", """
                        tickets:
                          - {like: "{number}", example: "010", system: a}
                          - {like: "{name}", example: this.id, system: form}
                        """)
                .write("calendar.yaml", """
                        zone: Europe/Berlin
                        zones: {a: America/New_York}
                        officeHours:
                          MONDAY: [{from: "08:00", to: "12:00"}, {from: "13:00", to: "17:00"}]
                          WEDNESDAY: {from: "22:00", to: "06:00"}
                          SATURDAY: {from: "00:00", to: "24:00"}
                        holidays: [2026-12-25, 2027-01-02, 2027-05-05, 2027-05-06]
                        changeFreezes:
                          - {from: "2026-12-23T17:00:00Z", to: "2027-01-02T07:00:00Z", reason: one}
                          - {from: "2026-12-30T17:30:00Z", to: "2027-02-02T07:00:00Z", reason: other, systems: [form]}
                        maintenanceWindows:
                          - {days: [SUNDAY, WEDNESDAY], from: "01:30", to: "03:00"}
                          - {days: [FRIDAY], from: "22:00", to: "02:00", environments: [when]}
                        weekend: [FRIDAY, SATURDAY]
                        """);
        rules.write(
                "catalog.yaml",
                """
                environments: [when, "true"]
                groups: [engineers, a, b]
                obligations: [masked-columns]
                entitlements:
                """ + entitlement("a", "a", "READ", "LOW", "when", false, "PT1M", "form", "engineers")
                        + entitlement("b", "a", "WRITE", "MODERATE", "true", true, "PT8H", "b", "engineers, a")
                        + entitlement("form", "form", "ADMIN", "HIGH", "when", true, "P30D", "form", "a, b")
                        + entitlement("'null'", "b", "WRITE", "CRITICAL", "when", false, "P3D", "a", "a"));
    }

    private static String entitlement(
            String id,
            String resource,
            String level,
            String sensitivity,
            String environment,
            boolean personal,
            String limit,
            String system,
            String requesters) {
        return """
                  - id: %s
                    name: Something
                    description: Some thing.
                    resource: %s
                    level: %s
                    sensitivity: %s
                    environment: '%s'
                    personalData: %s
                    masked: %s
                    limit: %s
                    requesters: [%s]
                    owners: [b]
                    target: {system: %s, role: some}
                """.formatted(
                        id, resource, level, sensitivity, environment, personal, !personal, limit, requesters, system);
    }

    @AfterContainer
    static void removeIt() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }

    private static RuleSet rules(RuleFiles files, Rulebook rulebook) {
        return new RuleSet(
                files,
                new Catalog(files),
                new LevelDefinitions(files),
                new BusinessCalendar(files),
                new TicketNumbers(files),
                rulebook);
    }

    private static List<Rule> anyRules(Random random, int most) {
        return IntStream.range(0, 1 + random.nextInt(most))
                .mapToObj(number -> new RandomRule(random).rule("Rule " + number))
                .toList();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void leavesOutNothingThatSomeRequestCouldMakeOfTheRules(@ForAll long seed) {
        Random random = new Random(seed);
        RuleSet rules = rules(new RuleFiles(folder), null);
        ImaginedFacts facts = new ImaginedFacts(rules);
        List<Rule> some = anyRules(random, 3);
        List<Entitlement> catalog = List.copyOf(rules.catalog().all());
        Entitlement wanted = catalog.get(random.nextInt(catalog.size()));
        List<RuleFindings.Source> sources = some.stream()
                .map(rule -> new RuleFindings.Source(rule.sentence(), rule))
                .toList();
        Space space = new Space(List.of(new Side(facts, wanted, sources)), Set.of());
        Every every = new Every();

        Walk.Covered covered = new Walk(space, every, MOST_STEPS).go();

        if (!covered.isAll()) {
            return;
        }
        RandomRequests requests = new RandomRequests(random, rules);
        for (int number = 0; number < REQUESTS; number++) {
            ImaginedRequest request = requests.of(wanted);
            assertThat(facts.refuses(request)).isFalse();
            List<Object> seen = facts.all(request);
            BitSet fired = new BitSet();
            for (int rule = 0; rule < some.size(); rule++) {
                fired.set(rule, new Reference(seen).holds(some.get(rule)));
            }
            assertThat(every.fired).as("%s of %s, with %s", request, some, seen).contains(fired);
        }
    }

    /** What comes of each combination; nothing is settled before. */
    private static final class Every implements Walk.Question {
        private final Set<BitSet> fired = new HashSet<>();

        @Override
        public boolean isSettled(List<BitSet> so, List<BitSet> known) {
            return false;
        }

        @Override
        public boolean look(List<BitSet> so, Walk.Combination combination) {
            fired.add((BitSet) so.get(0).clone());
            return true;
        }
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void agreesWithTheRulebookAboutRequestsThatWereSentToIt(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        DraftRules draft = copy();
        int number = 0;
        for (Rule rule : anyRules(random, 8)) {
            draft.write("some/r" + number++ + ".drl", new RandomText(random).of(rule));
        }
        StringBuilder file = new StringBuilder("invariants:\n");
        for (String invariant : INVARIANTS) {
            file.append("  - name: number ")
                    .append(INVARIANTS.indexOf(invariant))
                    .append('\n');
            file.append("    ").append(invariant).append('\n');
        }
        draft.write("invariants.yaml", file.toString());
        RuleFiles files = new RuleFiles(draft.folder());
        RuleSet rules = rules(files, new Rulebook(files, AnyWords.ofOurs()));

        Invariants.Report report = Invariants.check(rules, 3_000_000);

        List<Invariant> invariants =
                new InvariantsFile(files, RuleWords.of(rules.catalog(), rules.levels(), rules.tickets())).read();
        ImaginedFacts facts = new ImaginedFacts(rules);
        RandomRequests requests = new RandomRequests(random, rules);
        List<String> against = new ArrayList<>();
        for (int tries = 0; tries < 4 * REQUESTS; tries++) {
            ImaginedRequest request = requests.any();
            for (Invariant invariant : invariants) {
                if (report.checked().get(invariant.position()).all()
                        && new RulebookItself(facts).isAgainst(invariant, request)) {
                    against.add(invariant + " is not so of " + request);
                }
            }
        }
        FileSystemUtils.deleteRecursively(draft.folder());
        assertThat(report.checked()).hasSameSizeAs(INVARIANTS);
        assertThat(against).isEmpty();
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void tellsAllThatRequestsAreNewlyAllowed(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        DraftRules before = copy();
        DraftRules now = copy();
        int changed = random.nextInt(5);
        for (int number = 0; number < 5; number++) {
            String file = "some/r" + number + ".drl";
            String text = new RandomText(random).of(new RandomRule(random).rule("Rule " + number));
            before.write(file, text);
            now.write(
                    file,
                    number == changed
                            ? new RandomText(random).of(new RandomRule(random).rule("Rule " + number))
                            : text);
        }
        for (DraftRules each : List.of(before, now)) {
            each.write("some/allow.drl", "rule \"Allow\" when Asked() then guardrail.allow(); end");
        }
        if (random.nextBoolean()) {
            now.change("catalog.yaml", "MODERATE", "HIGH").change("catalog.yaml", "PT8H", "PT9H");
        }
        RuleFiles filesBefore = new RuleFiles(before.folder());
        RuleFiles filesNow = new RuleFiles(now.folder());
        RuleSet rulesBefore = rules(filesBefore, new Rulebook(filesBefore, AnyWords.ofOurs()));
        RuleSet rulesNow = rules(filesNow, new Rulebook(filesNow, AnyWords.ofOurs()));

        NewlyAllowed.Report report = NewlyAllowed.between(rulesBefore, rulesNow);

        ImaginedFacts factsBefore = new ImaginedFacts(rulesBefore);
        ImaginedFacts factsNow = new ImaginedFacts(rulesNow);
        Set<String> told = new HashSet<>();
        report.changes().forEach(change -> told.add(change.entitlement() + " " + change.change()));
        RandomRequests requests = new RandomRequests(random, rulesNow);
        for (int tries = 0; tries < 4 * REQUESTS && report.all(); tries++) {
            ImaginedRequest request = requests.any();
            Verdict then = factsBefore.refuses(request) ? null : new RulebookItself(factsBefore).judge(request);
            MoreThanBefore.change(
                            then,
                            new RulebookItself(factsNow).judge(request),
                            request.words().duration())
                    .ifPresent(change ->
                            assertThat(told).as("%s", request).contains(request.entitlement() + " " + change));
        }
        FileSystemUtils.deleteRecursively(before.folder());
        FileSystemUtils.deleteRecursively(now.folder());
    }

    private static DraftRules copy() throws IOException {
        return DraftRules.of(folder, Files.createTempDirectory("some"));
    }
}
