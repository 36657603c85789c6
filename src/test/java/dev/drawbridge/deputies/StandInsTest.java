package dev.drawbridge.deputies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinition.Deputies;
import dev.drawbridge.catalog.LevelDefinition.Source;
import dev.drawbridge.catalog.LevelDefinition.Tier;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.directory.Relation;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may stand in for whom, by the levels as they are now. */
class StandInsTest {
    private final Map<String, Set<String>> groups = Map.of(
            "ada", Set.of("leads", "owners", "guards"),
            "bob", Set.of("owners"),
            "cid", Set.of("guards"),
            "dan", Set.of("staff"),
            "eve", Set.of("watch"),
            "fay", Set.of(),
            "gus", Set.of("leads"),
            "hal", Set.of("others"),
            "lea", Set.of());
    private final LevelDefinitions definitions = mock(LevelDefinitions.class);
    private final OnCall onCall = mock(OnCall.class);
    private StandIns standIns;

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
    void define() {
        define(Deputies.WHO_MAY_ANSWER);
        when(onCall.people("rota")).thenReturn(List.of("fay", "bob"));
        Directory people = mock(Directory.class);
        when(people.relationsOf("lea")).thenReturn(Set.of(Relation.MANAGER));
        when(people.find(anyString()))
                .thenAnswer(call -> Optional.ofNullable(groups.get(call.<String>getArgument(0)))
                        .map(of -> new Directory.Person(call.getArgument(0), "", of, Map.of(), Optional.empty())));
        when(people.membersOf(any()))
                .thenAnswer(call -> groups.keySet().stream()
                        .filter(person -> !Collections.disjoint(groups.get(person), call.<Set<String>>getArgument(0)))
                        .collect(Collectors.toSet()));
        when(people.named(any()))
                .thenAnswer(call -> call.<Collection<String>>getArgument(0).stream()
                        .map(id -> new Directory.Named(id, id))
                        .toList());
        Catalog catalog = mock(Catalog.class);
        List<Entitlement> entitlements = List.of(owned("owners"), owned("others"), owned("owners"));
        when(catalog.all()).thenReturn(entitlements);
        standIns = new StandIns(definitions, catalog, onCall, people);
    }

    private static Entitlement owned(String by) {
        Entitlement entitlement = mock(Entitlement.class);
        when(entitlement.owners()).thenReturn(Set.of(by));
        return entitlement;
    }

    private void define(Deputies deputies) {
        List<LevelDefinition> all = List.of(
                definition("manager", Source.REQUESTERS_MANAGER, "leads", deputies),
                definition("owner", Source.RESOURCE_OWNERS, "guards", deputies),
                definition("on-call", Source.ON_CALL, "guards", deputies));
        when(definitions.inOrder()).thenReturn(all);
    }

    private List<String> offeredTo(String principal) {
        List<String> all = standIns.everybodyFor(principal).stream()
                .map(Directory.Named::id)
                .toList();
        assertThat(groups.keySet().stream()
                        .filter(person -> !person.equals(principal) && standIns.mayAnywhere(person, principal)))
                .containsExactlyInAnyOrderElementsOf(all);
        return all;
    }

    @Test
    void canBeNamedWhereTheyMayStandInAtSomeLevelOfWhoNamesThem() {
        assertThat(offeredTo("lea")).as("somebody's manager").containsExactlyInAnyOrder("ada", "gus", "eve");
        assertThat(offeredTo("bob"))
                .as("of the owners, and of the rota")
                .containsExactlyInAnyOrder("ada", "cid", "eve", "fay");
        assertThat(offeredTo("hal"))
                .as("owners of one resource have no say over another")
                .containsExactlyInAnyOrder("ada", "cid", "eve");
        assertThat(offeredTo("dan")).as("who is never asked needs nobody").isEmpty();
        define(Deputies.of(List.of("staff")));
        assertThat(offeredTo("bob")).containsExactly("dan");
        assertThat(offeredTo("dan")).isEmpty();
    }
}
