package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinition.Deputies;
import dev.drawbridge.catalog.LevelDefinition.Source;
import dev.drawbridge.catalog.LevelDefinition.Tier;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.directory.Relation;
import dev.drawbridge.guardrails.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a level asks, and who may stand in there: by the accounts, the levels and the rotas as they are. */
class ElectoratesTest {
    private static final Instant NOW = Instant.parse("2035-06-05T10:00:00Z");
    private static final Level MANAGER = level("manager", Source.REQUESTERS_MANAGER, List.of(), List.of("lea"));
    private static final Level OWNER = level("owner", Source.RESOURCE_OWNERS, List.of("owners"), List.of());
    private static final Level ON_CALL = level("on-call", Source.ON_CALL, List.of(), List.of("fay"));

    private final Map<String, Set<String>> groups = new HashMap<>(Map.of(
            "ada", Set.of("leads", "owners", "guards"),
            "bob", Set.of("owners"),
            "cid", Set.of("guards"),
            "dan", Set.of("staff"),
            "eve", Set.of("watch"),
            "fay", Set.of(),
            "gus", Set.of("leads"),
            "hal", Set.of("others"),
            "lea", Set.of()));
    private final Map<String, List<String>> managers = new HashMap<>();
    private final Map<String, List<String>> sponsors = new HashMap<>();
    private final LevelDefinitions definitions = mock(LevelDefinitions.class);
    private final OnCall onCall = mock(OnCall.class);
    private final dev.drawbridge.deputies.Deputies deputies = mock(dev.drawbridge.deputies.Deputies.class);
    private Electorates electorates;

    private static Level level(String name, Source source, List<String> groups, List<String> people) {
        return new Level(name, groups, people, 1, Duration.ofHours(8), null, null, List.of(), source, "rota");
    }

    private static LevelDefinition definition(String name, Source of, String group, Deputies deputies) {
        return new LevelDefinition(
                name,
                of,
                List.of(group),
                of == Source.ON_CALL ? "rota" : "none",
                1,
                Duration.ofHours(4),
                List.of(new Tier(Duration.ofHours(8), List.of("watch"))),
                Duration.ofHours(20),
                deputies);
    }

    @BeforeEach
    void meet() {
        define(Deputies.WHO_MAY_ANSWER);
        when(onCall.people("rota")).thenReturn(List.of("fay", "bob"));
        when(onCall.at("rota", NOW)).thenReturn(Optional.of("fay"));
        Directory people = mock(Directory.class);
        when(people.known(any(), any(), any())).thenAnswer(call -> known(call.getArgument(0), call.getArgument(1)));
        electorates = new Electorates(definitions, onCall, people, deputies, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** No more than was asked for. */
    private Directory.Known known(Collection<String> of, Collection<String> persons) {
        Map<String, Set<String>> members = of.stream()
                .collect(Collectors.toMap(
                        group -> group,
                        group -> groups.keySet().stream()
                                .filter(person -> groups.get(person).contains(group))
                                .collect(Collectors.toSet())));
        Set<String> accounts = new TreeSet<>(persons);
        managers.values().forEach(accounts::addAll);
        sponsors.values().forEach(accounts::addAll);
        accounts.retainAll(groups.keySet());
        return new Directory.Known(members, accounts, Map.of("ada", related()));
    }

    private Map<Relation, List<String>> related() {
        Map<Relation, List<String>> related = new HashMap<>();
        managers.values().forEach(all -> related.put(Relation.MANAGER, all));
        sponsors.values().forEach(all -> related.put(Relation.SPONSOR, all));
        return related;
    }

    private void define(Deputies deputies) {
        List<LevelDefinition> all = List.of(
                definition("manager", Source.REQUESTERS_MANAGER, "leads", deputies),
                definition("owner", Source.RESOURCE_OWNERS, "guards", deputies),
                definition("on-call", Source.ON_CALL, "guards", deputies));
        when(definitions.find(anyString()))
                .thenAnswer(call -> all.stream()
                        .filter(one -> one.name().equals(call.getArgument(0)))
                        .findFirst());
    }

    private Set<String> asked(Level level) {
        return electorates.now(CaseOf.ada(NOW, level).now()).unheard(0);
    }

    private Set<String> standIns(Level level) {
        Electorate electorate = electorates.now(CaseOf.ada(NOW, level).now());
        return groups.keySet().stream()
                .filter(person -> electorate.mayStandIn(person, 0))
                .collect(Collectors.toSet());
    }

    @Test
    void askTheGroupsAndThePeopleOfALevelButNeverTheRequesterHoweverTheyAreSpelled() {
        assertThat(asked(OWNER)).containsExactly("bob");
        assertThat(asked(level("owner", Source.GROUPS, List.of("owners"), List.of("hal", "ada"))))
                .containsExactly("bob", "hal");
        groups.put("ADA", Set.of("owners"));
        assertThat(asked(OWNER)).containsExactly("bob");
        assertThat(standIns(OWNER)).doesNotContain("ada", "ADA");
    }

    @Test
    void askNobodyWhoHasNoAccount() {
        assertThat(asked(level("owner", Source.GROUPS, List.of(), List.of("nobody"))))
                .isEmpty();
        managers.put("ada", List.of());
        assertThat(asked(MANAGER)).isEmpty();
    }

    @Test
    void askWhoeverLeadsTheRequesterNowAndWhereNobodyDoesWhoDid() {
        assertThat(asked(MANAGER)).containsExactly("lea");
        managers.put("ada", List.of("gus"));
        assertThat(asked(MANAGER)).containsExactly("gus");
    }

    @Test
    void askAsManyOfSeveralManagersAsAreNeededInTheirOrder() {
        managers.put("ada", List.of("gus", "hal", "bob"));
        assertThat(asked(MANAGER)).containsExactly("gus");
        Level two = new Level(
                "manager",
                List.of(),
                List.of("gus"),
                2,
                Duration.ofHours(8),
                null,
                null,
                List.of(),
                MANAGER.source(),
                "");
        assertThat(asked(two)).containsExactly("gus", "hal");
        assertThat(standIns(MANAGER))
                .as("managers may stand in for one another")
                .contains("gus", "hal", "bob");
    }

    @Test
    void passOverAManagerWhoIsAwayWithNobodyToStandInOrHasBeenHeardBefore() {
        managers.put("ada", List.of("gus", "hal"));
        when(deputies.at(NOW)).thenReturn(List.of(away("gus", "dan")));
        assertThat(asked(MANAGER)).as("dan may not stand in there").containsExactly("hal");
        when(deputies.at(NOW)).thenReturn(List.of(away("gus", "eve")));
        assertThat(asked(MANAGER)).as("eve may").containsExactly("gus");
        when(deputies.at(NOW)).thenReturn(List.of(away("gus", "dan"), away("hal", "dan")));
        assertThat(asked(MANAGER)).as("somebody is asked").containsExactly("gus");

        when(deputies.at(NOW)).thenReturn(List.of());
        CaseOf approval = CaseOf.ada(NOW, OWNER, MANAGER).answered(0, "gus", null);
        assertThat(electorates.now(approval.now()).unheard(1)).containsExactly("hal");
        approval.answered(1, "hal", null);
        assertThat(electorates.now(approval.now()).counts(approval.answers.get(1)))
                .isTrue();
    }

    private static dev.drawbridge.deputies.Deputies.Deputy away(String person, String deputy) {
        return new dev.drawbridge.deputies.Deputies.Deputy(
                java.util.UUID.randomUUID(), person, deputy, NOW.minusSeconds(60), NOW.plusSeconds(60));
    }

    @Test
    void askAllManagersOnceTheLevelHasWaitedForLongAndNoMoreWhereGroupsSteppedIn() {
        managers.put("ada", List.of("gus", "hal"));
        CaseOf approval = CaseOf.ada(NOW, MANAGER);
        approval.tiers.add(new Escalation(approval.request.id(), 0, Escalation.STEPS_IN, List.of("watch"), NOW));
        assertThat(electorates.now(approval.now()).unheard(0)).containsExactly("gus");
        approval.tiers.add(new Escalation(approval.request.id(), 0, 0, List.of("watch"), NOW));
        assertThat(electorates.now(approval.now()).unheard(0)).containsExactly("eve", "gus", "hal");
    }

    @Test
    void askTheGroupsThatSteppedInUntilSomebodyIsThereAgainWhoIsNamed() {
        CaseOf approval = CaseOf.ada(NOW, MANAGER);
        approval.tiers.add(new Escalation(approval.request.id(), 0, Escalation.STEPS_IN, List.of("watch"), NOW));
        managers.put("ada", List.of());
        assertThat(electorates.now(approval.now()).unheard(0)).containsExactly("eve");
        assertThat(electorates.now(approval.now()).shown(0).groups()).containsExactly("watch");

        managers.put("ada", List.of("gus"));
        Electorate again = electorates.now(approval.now());
        assertThat(again.mayAnswer("eve", 0)).isFalse();
        assertThat(again.everybody(0)).containsExactly("gus");
        assertThat(again.shown(0)).isEqualTo(new Electorate.Shown(Set.of(), Set.of("gus")));

        approval.answered(0, "eve", null);
        assertThat(electorates.now(approval.now()).counts(approval.answers.get(0)))
                .as("what they answered meanwhile counts on")
                .isTrue();
    }

    @Test
    void askTheGroupsThatSteppedInBesideANamedOneWhoHasBeenHeard() {
        Level two = new Level(
                "manager",
                List.of(),
                List.of("gus"),
                2,
                Duration.ofHours(8),
                null,
                null,
                List.of(),
                MANAGER.source(),
                "");
        managers.put("ada", List.of("gus"));
        CaseOf approval = CaseOf.ada(NOW, two).answered(0, "gus", null);
        approval.tiers.add(new Escalation(approval.request.id(), 0, Escalation.STEPS_IN, List.of("watch"), NOW));

        assertThat(electorates.now(approval.now()).unheard(0)).containsExactly("eve");
    }

    @Test
    void askTheSponsorAndTheMentorWhereALevelSaysSo() {
        Level sponsor = level("sponsor", Source.REQUESTERS_SPONSOR, List.of(), List.of("hal"));
        managers.put("ada", List.of("gus"));
        assertThat(asked(sponsor)).as("who it was, where none is recorded").containsExactly("hal");
        sponsors.put("ada", List.of("bob"));
        assertThat(asked(sponsor)).containsExactly("bob");
        sponsors.put("ada", List.of());
        assertThat(asked(sponsor)).as("who has left is not who it was").isEmpty();
    }

    @Test
    void askWhoHasDutyNowBesideWhoHadIt() {
        when(onCall.at("rota", NOW)).thenReturn(Optional.of("bob"));
        assertThat(asked(ON_CALL)).containsExactly("bob", "fay");
    }

    @Test
    void askTheTiersThatWereAddedToALevelAndAtThatLevelAlone() {
        CaseOf approval = CaseOf.ada(NOW, OWNER, OWNER);
        approval.tiers.add(new Escalation(approval.request.id(), 0, 0, List.of("leads"), NOW));

        Electorate electorate = electorates.now(approval.now());
        assertThat(electorate.unheard(0)).containsExactly("bob", "gus");
        assertThat(electorate.unheard(1)).containsExactly("bob");
    }

    @Test
    void letThoseStandInWhoMayAnswerThereAnywayWhereNothingIsSaid() {
        assertThat(standIns(MANAGER))
                .as("who steps in, and the manager")
                .containsExactlyInAnyOrder("gus", "lea", "eve");
        assertThat(standIns(OWNER)).containsExactlyInAnyOrder("bob", "cid", "eve");
        assertThat(standIns(ON_CALL)).as("the whole rota").containsExactlyInAnyOrder("fay", "bob", "cid", "eve");
    }

    @Test
    void letTheGroupsStandInThatTheLevelNamesAndNobodyElse() {
        define(Deputies.of(List.of("staff", "leads")));
        assertThat(standIns(OWNER)).containsExactlyInAnyOrder("dan", "gus");
        assertThat(standIns(MANAGER)).containsExactlyInAnyOrder("dan", "gus");

        define(Deputies.of(List.of("no-such-group")));
        assertThat(standIns(OWNER)).isEmpty();
        define(Deputies.of(List.of()));
        assertThat(standIns(OWNER)).isEmpty();
        assertThat(standIns(ON_CALL)).isEmpty();
    }

    @Test
    void readAVerdictOfAnEarlierVersionNoLaxerThanOneOfToday() throws Exception {
        ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
        Level first = json.readValue(
                "{\"name\":\"owner\",\"groups\":[\"owners\"],\"people\":[],\"quorum\":1,\"deadline\":\"PT8H\"}",
                Level.class);
        Level gone = json.readValue(
                "{\"name\":\"no-more\",\"groups\":[\"owners\"],\"people\":[],\"quorum\":1,\"deadline\":\"PT8H\"}",
                Level.class);

        assertThat(standIns(first)).isEqualTo(standIns(OWNER));
        assertThat(standIns(gone)).as("whom it asks, and nobody else").containsExactly("bob");
        define(Deputies.of(List.of("staff")));
        assertThat(standIns(first)).as("the rule as it is now").containsExactly("dan");
    }

    @Test
    void lookUpManyCasesAtOnce() {
        ApprovalCase one = CaseOf.ada(NOW, OWNER).now();
        ApprovalCase other = CaseOf.ada(NOW, ON_CALL, MANAGER).now();

        Map<java.util.UUID, Electorate> all = electorates.now(List.of(one, other));
        assertThat(all.get(one.id()).unheard(0)).containsExactly("bob");
        assertThat(all.get(other.id()).unheard(0)).containsExactly("fay");
        assertThat(all.get(other.id()).unheard(1)).containsExactly("lea");
    }
}
