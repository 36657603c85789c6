package dev.drawbridge.guardrails;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import dev.drawbridge.publication.PublicationProblem;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cases of guardrails, each in the file beside its guardrail, and whether these do what they say. */
final class RuleCases {
    private static final String ENDING = ".cases.yaml";
    private static final String CATALOG = "' in rules/catalog.yaml.";
    private static final Instant TUESDAY_MORNING = Instant.parse("2027-01-12T10:00:00Z");
    private static final Duration A_WHILE = Duration.ofMinutes(30);
    private static final Duration JUST_NOW = Duration.ofMinutes(5);

    private static final ObjectMapper VALUES = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private final RuleFiles files;
    private final Catalog catalog;
    private final BusinessCalendar calendar;
    private final TicketNumbers tickets;
    private final Rulebook rulebook;

    RuleCases(RuleFiles files, Catalog catalog, BusinessCalendar calendar, TicketNumbers tickets, Rulebook rulebook) {
        this.files = files;
        this.catalog = catalog;
        this.calendar = calendar;
        this.tickets = tickets;
        this.rulebook = rulebook;
    }

    /**
     * A case, and where it stands.
     *
     * @param guardrail its path under {@code rules/}, without the ending
     * @param fires whether the guardrail is to fire
     * @param position among those of its kind, from 0
     * @param place the way to those of its guardrail in their file
     * @param then what the guardrail does where it fires; none: it is not said
     */
    record Example(
            String guardrail,
            boolean fires,
            int position,
            RuleCase request,
            List<Object> place,
            @Nullable List<String> then) {
        Example(String guardrail, boolean fires, int position, RuleCase request) {
            this(guardrail, fires, position, request, List.of(), null);
        }

        /** Whether this is what was to be done, in any order. */
        boolean isDone(Stream<Rule.Consequence> done) {
            return then == null
                    || done.map(EffectInspection::told)
                            .collect(Collectors.toSet())
                            .equals(Set.copyOf(then));
        }

        private RulesException wrong(RuleFiles files, String sentence, String... way) {
            Object[] steps = Stream.of(place.stream(), Stream.of(kind(), position), Stream.of(way))
                    .flatMap(step -> step)
                    .toArray();
            return files.wrong(fileOf(guardrail), sentence, steps);
        }

        private String kind() {
            return fires ? "fires" : "silent";
        }
    }

    /** Those of a guardrail; refuses a file that is missing, holds what no case can say, or lacks one of both kinds. */
    List<Example> of(String guardrail) {
        String file = fileOf(guardrail);
        if (!files.list(ENDING).contains(Path.of(file))) {
            throw new RulesException(
                    Path.of(RuleFindings.fileOf(guardrail).substring("rules/".length())),
                    0,
                    "its cases are missing; they belong into rules/" + file + ".");
        }
        int row = guardrail.indexOf('#');
        return row < 0
                ? examples(guardrail, read(file, RuleCase.Pair.class), List.of())
                : ofRow(guardrail, file, guardrail.substring(row + 1));
    }

    private List<Example> ofRow(String guardrail, String file, String row) {
        List<RuleCase.OfRow> rows = read(file, RuleCase.Table.class).guardrails();
        List<Integer> found = IntStream.range(0, rows.size())
                .filter(at -> DecisionTable.slug(rows.get(at).name()).equals(row))
                .boxed()
                .toList();
        if (found.size() != 1) {
            throw new RulesException(
                    Path.of(file), 0, "there is to be one name that is that of the row '" + row + "', with its cases.");
        }
        RuleCase.OfRow cases = rows.get(found.get(0));
        return examples(
                guardrail,
                new RuleCase.Pair(cases.fires(), cases.silent(), cases.then()),
                List.of("guardrails", found.get(0)));
    }

    private List<Example> examples(String guardrail, RuleCase.Pair pair, List<Object> place) {
        List<Example> examples = new ArrayList<>(examples(guardrail, true, pair, place));
        examples.addAll(examples(guardrail, false, pair, place));
        if (examples.stream().map(Example::fires).distinct().count() < 2) {
            String sentence = "there is at least one case at which it fires, and one at which it is silent.";
            throw place.isEmpty()
                    ? new RulesException(Path.of(fileOf(guardrail)), 0, sentence)
                    : files.wrong(fileOf(guardrail), sentence, place.toArray());
        }
        return examples;
    }

    private static List<Example> examples(String guardrail, boolean fires, RuleCase.Pair pair, List<Object> place) {
        List<Example> examples = new ArrayList<>();
        for (RuleCase one : requireNonNullElse(fires ? pair.fires() : pair.silent(), List.<RuleCase>of())) {
            examples.add(new Example(guardrail, fires, examples.size(), one, place, fires ? pair.then() : null));
        }
        return examples;
    }

    /** The rows of a table have their cases in one file. */
    private static String fileOf(String guardrail) {
        int row = guardrail.indexOf('#');
        return (row < 0 ? guardrail : guardrail.substring(0, row)) + ENDING;
    }

    private <T> T read(String file, Class<T> type) {
        // As strictly as what is judged by: a case that says something else than it seems to proves nothing.
        JsonNode written = new LimitsInCases(rulebook.parameters()).filled(files.read(file, new TypeReference<>() {}));
        try {
            return VALUES.treeToValue(written, type);
        } catch (JsonMappingException wrong) {
            throw files.wrong(
                    file,
                    wrong.getOriginalMessage(),
                    wrong.getPath().stream()
                            .map(step -> step.getFieldName() == null ? (Object) step.getIndex() : step.getFieldName())
                            .toArray());
        } catch (JsonProcessingException wrong) {
            throw new RulesException(Path.of(file), 0, wrong.getOriginalMessage());
        }
    }

    /** Whether the guardrail does what the case says; refuses a case that speaks of what is in no file. */
    boolean isTrue(Example example) {
        return isTrue(example, done(example));
    }

    private static boolean isTrue(Example example, List<Rule.Consequence> done) {
        return done.isEmpty() != example.fires() && (done.isEmpty() || example.isDone(done.stream()));
    }

    /** What the guardrail does there; nothing: it stays silent. */
    private List<Rule.Consequence> done(Example example) {
        return rulebook.consult(facts(example)).stream()
                .filter(finding ->
                        finding.rule().equals(example.guardrail()) && finding.effect() != Finding.Effect.FAILED)
                .map(finding -> new Rule.Consequence(finding.effect(), finding.value()))
                .toList();
    }

    /**
     * What came of running all of them.
     *
     * @param problems what is wrong: with the files of cases, and with guardrails that do other than these say
     * @param cases how many there are
     */
    record Outcome(List<PublicationProblem> problems, int cases) {}

    Outcome run() {
        List<PublicationProblem> problems = new ArrayList<>();
        int cases = 0;
        for (String guardrail : rulebook.ids().stream().sorted().toList()) {
            try {
                List<Example> examples = of(guardrail);
                examples.forEach(example -> problem(example, problems));
                cases += examples.size();
            } catch (RulesException wrong) {
                problems.add(wrong.problem());
            }
        }
        files.list(ENDING).stream()
                .map(file -> file.toString().replace(File.separatorChar, '/'))
                .map(file -> file.substring(0, file.length() - ENDING.length()))
                .forEach(guardrail -> problems.addAll(ofNothing(guardrail)));
        return new Outcome(problems, cases);
    }

    /** Cases of what is not there prove nothing. */
    private List<PublicationProblem> ofNothing(String guardrail) {
        if (rulebook.ids().contains(guardrail)) {
            return List.of();
        }
        String file = guardrail + ENDING;
        Set<String> rows = rulebook.ids().stream()
                .filter(id -> id.startsWith(guardrail + "#"))
                .map(id -> id.substring(guardrail.length() + 1))
                .collect(Collectors.toSet());
        if (rows.isEmpty()) {
            return List.of(new RulesException(Path.of(file), 0, "there is no guardrail rules/" + guardrail + ".drl.")
                    .problem());
        }
        try {
            List<PublicationProblem> unknown = new ArrayList<>();
            List<RuleCase.OfRow> cases = read(file, RuleCase.Table.class).guardrails();
            for (int at = 0; at < cases.size(); at++) {
                if (!rows.contains(DecisionTable.slug(cases.get(at).name()))) {
                    unknown.add(files.wrong(
                                    file,
                                    "no row of rules/" + guardrail + ".csv has this name.",
                                    "guardrails",
                                    at,
                                    "name")
                            .problem());
                }
            }
            return unknown;
        } catch (RulesException toldAlready) {
            return List.of();
        }
    }

    private void problem(Example example, List<PublicationProblem> problems) {
        try {
            List<Rule.Consequence> done = done(example);
            if (!isTrue(example, done)) {
                problems.add(example.wrong(files, whatIsWrong(example, done)).problem());
            }
        } catch (RulesException wrong) {
            problems.add(wrong.problem());
        }
    }

    private static String whatIsWrong(Example example, List<Rule.Consequence> done) {
        String where = example.request().when();
        if (example.fires() && !done.isEmpty()) {
            return "the guardrail should do " + String.join(", ", requireNonNullElse(example.then(), List.of()))
                    + ", and does "
                    + done.stream().map(EffectInspection::told).collect(Collectors.joining(", ")) + ": " + where;
        }
        return "the guardrail should " + (example.fires() ? "fire" : "stay silent") + ", and does not: " + where;
    }

    private Entitlement entitlement(Example example, String id, String... way) {
        return catalog.find(id)
                .orElseThrow(() -> example.wrong(files, "there is no entitlement '" + id + CATALOG, way));
    }

    /** What a guardrail would be told of it. */
    List<Object> facts(Example one) {
        RuleCase example = one.request();
        Entitlement wanted = entitlement(one, requireNonNullElse(example.entitlement(), ""), "entitlement");
        BusinessCalendar.Moment moment = calendar.at(requireNonNullElse(example.at(), TUESDAY_MORNING), wanted);
        Wanted asked = new Wanted(
                wanted.id(),
                requireNonNullElse(example.resource(), wanted.resource()),
                requireNonNullElse(example.target(), wanted.target().system()),
                requireNonNullElse(example.level(), wanted.level()),
                requireNonNullElse(example.sensitivity(), wanted.sensitivity()),
                requireNonNullElse(example.environment(), wanted.environment()),
                requireNonNullElse(example.personalData(), wanted.personalData()),
                requireNonNullElse(example.masked(), wanted.masked()));
        List<Object> facts = new ArrayList<>(List.of(
                new Asked(
                        requireNonNullElse(example.duration(), A_WHILE),
                        "A case",
                        requireNonNullElse(example.ticket(), ""),
                        requireNonNullElse(
                                example.ticketSystem(), tickets.systemOf(requireNonNullElse(example.ticket(), ""))),
                        requireNonNullElse(
                                example.startsIn(), example.startsLater() ? Duration.ofDays(1) : Duration.ZERO)),
                asked,
                new Requester(
                        requireNonNullElse(example.requester(), "somebody"),
                        requireNonNullElse(example.requesterGroups(), Set.of("engineers")),
                        requireNonNullElse(
                                example.zone(),
                                calendar.zoneOfMember(
                                                requireNonNullElse(example.requesterGroups(), Set.of("engineers")))
                                        .getId()),
                        example.employment(),
                        example.withManager(),
                        example.withSponsor()),
                new SignedIn(
                        requireNonNullElse(example.method(), "form"),
                        example.mfa(),
                        requireNonNullElse(example.signedInAgo(), JUST_NOW),
                        requireNonNullElse(example.address(), "127.0.0.1")),
                new Moment(
                        requireNonNullElse(example.officeHours(), moment.officeHours()),
                        requireNonNullElse(example.holiday(), moment.holiday()),
                        requireNonNullElse(example.changeFreeze(), moment.changeFreeze()),
                        requireNonNullElse(example.maintenanceWindow(), moment.maintenanceWindow()),
                        requireNonNullElse(example.weekend(), moment.weekend()),
                        requireNonNullElse(example.dayOfWeek(), moment.local().getDayOfWeek()),
                        requireNonNullElse(example.time(), moment.local().toLocalTime())),
                new History(example.automaticGrants())));
        List<Held> held = requireNonNullElse(example.held(), List.<String>of()).stream()
                .map(id -> entitlement(one, id, "held"))
                .map(had -> new Held(had.id(), had.resource(), had.target().system(), had.level()))
                .toList();
        facts.addAll(held);
        facts.add(GatherFacts.holdings(asked, held));
        requireNonNullElse(example.heldByOthers(), Map.<String, Integer>of()).forEach((id, people) -> {
            Entitlement other = entitlement(one, id, "heldByOthers");
            facts.add(new HeldByOthers(
                    other.id(), other.resource(), other.target().system(), other.level(), people));
        });
        return facts;
    }
}
