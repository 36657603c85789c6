package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinition.Source;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.directory.Relation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Levels with people, from the names that rules ask for. */
class ApprovalChainTest {
    private static final Instant NOW = Instant.parse("2035-06-05T10:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static LevelDefinition level(String name, Source of, int quorum, String... groups) {
        return new LevelDefinition(
                name,
                of,
                List.of(groups),
                "rota",
                quorum,
                Duration.ofHours(4),
                List.of(),
                Duration.ofHours(20),
                LevelDefinition.Deputies.WHO_MAY_ANSWER);
    }

    private static final List<LevelDefinition> DEFINITIONS = List.of(
            level("manager", Source.REQUESTERS_MANAGER, 1, "managers"),
            level("owner", Source.RESOURCE_OWNERS, 1, "security"),
            level("two-owners", Source.RESOURCE_OWNERS, 2, "security"),
            level("security", Source.GROUPS, 1, "security"),
            level("two-security", Source.GROUPS, 2, "security"),
            level("on-call", Source.ON_CALL, 1, "owners"),
            level("mentor", Source.REQUESTERS_MENTOR, 1, "managers"));

    private static final Entitlement ORDERS = new Entitlement(
            "orders",
            "Orders",
            "Orders.",
            "orders",
            AccessLevel.WRITE,
            Sensitivity.HIGH,
            "production",
            true,
            false,
            Duration.ofHours(8),
            Set.of("engineers"),
            Set.of("owners"),
            new Entitlement.Target("orders", "orders_write"),
            Entitlement.AtLevels.AS_DEFINED,
            Entitlement.Retirement.NEVER);

    /** Who is in which group; whose manager is whom. */
    private static ApprovalChain chain(Map<String, Set<String>> groups, Map<String, String> managers, String onDuty) {
        LevelDefinitions definitions = mock(LevelDefinitions.class);
        when(definitions.inOrder()).thenReturn(DEFINITIONS);
        BusinessCalendar calendar = mock(BusinessCalendar.class);
        when(calendar.zoneOf(any())).thenAnswer(call -> {
            Collection<String> of = call.getArgument(0);
            return of.contains("owners") ? NEW_YORK : BERLIN;
        });
        OnCall onCall = mock(OnCall.class);
        when(onCall.at("rota", NOW)).thenReturn(Optional.ofNullable(onDuty));
        Directory people = mock(Directory.class);
        Set<String> all = new TreeSet<>(managers.keySet());
        managers.values().forEach(some -> all.addAll(List.of(some.split(" "))));
        groups.values().forEach(all::addAll);
        when(people.find(anyString())).thenAnswer(call -> {
            String id = call.getArgument(0);
            return all.contains(id)
                    ? Optional.of(new Directory.Person(
                            id,
                            id,
                            Set.of(),
                            managers.containsKey(id)
                                    ? Map.of(
                                            Relation.MANAGER,
                                            List.of(managers.get(id).split(" ")))
                                    : Map.of(),
                            Optional.empty()))
                    : Optional.empty();
        });
        when(people.known(any(), any(), any()))
                .thenAnswer(call -> new Directory.Known(
                        groups,
                        call.<Collection<String>>getArgument(1).stream()
                                .filter(all::contains)
                                .collect(Collectors.toSet()),
                        Map.of()));
        return new ApprovalChain(definitions, calendar, onCall, people);
    }

    private static List<Level> resolved(ApprovalChain chain, String... required) {
        return chain.resolve(Set.of(required), ORDERS, "erin", NOW);
    }

    private static final Map<String, Set<String>> EVERYBODY = Map.of(
            "managers", Set.of("mara", "milo"),
            "owners", Set.of("olga", "omar"),
            "security", Set.of("sami", "sina", "sven"));

    @Test
    void asksInTheOrderOfTheFileWhateverTheOrderOfTheRules() {
        List<Level> levels = resolved(chain(EVERYBODY, Map.of("erin", "mara"), null), "security", "manager", "owner");

        assertThat(levels).extracting(Level::name).containsExactly("manager", "owner", "security");
        assertThat(levels.get(0).people()).containsExactly("mara");
        assertThat(levels.get(0).groups()).isEmpty();
        assertThat(levels.get(1).groups()).containsExactly("owners");
    }

    @Test
    void asksTheSamePeopleOnceForTheLargerQuorum() {
        ApprovalChain chain = chain(EVERYBODY, Map.of("erin", "mara"), null);

        assertThat(resolved(chain, "owner", "two-owners"))
                .extracting(Level::name)
                .containsExactly("two-owners");
        assertThat(resolved(chain, "two-security", "security"))
                .extracting(Level::name)
                .containsExactly("two-security");
    }

    @Test
    void neverTakesOneLevelForAnotherThatFellBackToTheSamePeople() {
        ApprovalChain oneOwner = chain(
                Map.of(
                        "managers",
                        Set.of("mara"),
                        "owners",
                        Set.of("olga"),
                        "security",
                        Set.of("sami", "sina", "sven")),
                Map.of("erin", "mara"),
                null);

        List<Level> levels = resolved(oneOwner, "two-owners", "security");

        assertThat(levels).extracting(Level::name).containsExactly("two-owners", "security");
        assertThat(levels.get(0).groups()).containsExactly("security");
    }

    @Test
    void namesAllManagersInTheirOrderAndNeverTheRequester() {
        assertThat(resolved(chain(EVERYBODY, Map.of("erin", "mona mara Erin"), null), "manager")
                        .get(0)
                        .people())
                .containsExactly("mona", "mara");
    }

    @Test
    void asksTheGroupWhereThereIsNoMentor() {
        Level mentor = resolved(chain(EVERYBODY, Map.of("erin", "mara"), null), "mentor")
                .get(0);
        assertThat(mentor.people()).isEmpty();
        assertThat(mentor.groups()).containsExactly("managers");
        assertThat(mentor.source()).isEqualTo(Source.REQUESTERS_MENTOR);
    }

    @Test
    void refusesWhereALevelWouldLackPeopleBesideThoseBeforeIt() {
        ApprovalChain twoInSecurity = chain(
                Map.of("managers", Set.of("mara"), "owners", Set.of("olga"), "security", Set.of("sami", "sina")),
                Map.of("erin", "mara"),
                null);

        assertThatThrownBy(() -> resolved(twoInSecurity, "two-owners", "security"))
                .isInstanceOf(Combining.NobodyCanApprove.class)
                .hasMessageContaining("'security'");
    }

    @Test
    void fallsBackWhereNoManagerIsKnownOrTheManagerIsGoneOrTheRequester() {
        for (Map<String, String> managers : List.of(Map.of("erin", "erin"), Map.<String, String>of())) {
            List<Level> levels = resolved(chain(EVERYBODY, managers, null), "manager");
            assertThat(levels.get(0).people()).isEmpty();
            assertThat(levels.get(0).groups()).containsExactly("managers");
        }
    }

    @Test
    void asksWhoeverHasDutyElseTheGroup() {
        assertThat(resolved(chain(EVERYBODY, Map.of("erin", "mara"), "olga"), "on-call")
                        .get(0)
                        .people())
                .containsExactly("olga");
        assertThat(resolved(chain(EVERYBODY, Map.of("erin", "mara"), null), "on-call")
                        .get(0)
                        .groups())
                .containsExactly("owners");
    }

    @Test
    void keepsTimeWhereTheApproversAreAndNotWhereThoseAreWhoWouldStepIn() {
        ApprovalChain chain = chain(EVERYBODY, Map.of("erin", "mara"), null);

        assertThat(resolved(chain, "owner").get(0).zone()).isEqualTo("America/New_York");
        assertThat(resolved(chain, "security").get(0).zone()).isEqualTo("Europe/Berlin");
    }

    @Test
    void namesNeitherTheRequesterNorWhoHasNoAccountAmongTheApprovers() {
        ApprovalChain chain = chain(
                Map.of("security", Set.of("erin", "Erin", "sami"), "owners", Set.of()), Map.of("erin", "mara"), null);
        Level level = new Level(
                "x", List.of("security"), List.of("ghost"), 1, Duration.ofHours(1), null, null, List.of(), null, null);

        assertThat(chain.approvers(level, "erin")).containsExactly("sami");
    }
}
