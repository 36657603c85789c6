package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DistinctPeopleTest {
    @Example
    void movesSomebodyWhoIsNeededElsewhere() {
        assertThat(DistinctPeople.fill(List.of(Set.of("ada", "bob"), Set.of("ada"))))
                .isTrue();
        assertThat(DistinctPeople.fill(List.of(Set.of("ada", "bob"), Set.of("ada", "bob"), Set.of("ada"))))
                .isFalse();
        assertThat(DistinctPeople.fill(List.of())).isTrue();
        assertThat(DistinctPeople.fill(List.of(Set.of()))).isFalse();
    }

    @Example
    void fillsOnePlaceWithTheAccountsOfOnePerson() {
        assertThat(DistinctPeople.fill(List.of(Set.of("ada", "Ada"), Set.of("ADA"))))
                .isFalse();
        assertThat(DistinctPeople.fill(List.of(Set.of("ada", "Ada"), Set.of("bob", "ADA"))))
                .isTrue();
    }

    @Provide
    Arbitrary<List<Set<String>>> places() {
        return Arbitraries.of("ada", "bob", "cid", "dan")
                .set()
                .ofMaxSize(4)
                .list()
                .ofMaxSize(5);
    }

    @Property
    void agreesWithTryingEverything(@ForAll("places") List<Set<String>> places) {
        assertThat(DistinctPeople.fill(places)).isEqualTo(tryAll(places, 0, Set.of()));
    }

    private static boolean tryAll(List<Set<String>> places, int place, Set<String> taken) {
        if (place == places.size()) {
            return true;
        }
        return places.get(place).stream()
                .filter(person -> !taken.contains(person))
                .anyMatch(person -> {
                    Set<String> more = new java.util.HashSet<>(taken);
                    more.add(person);
                    return tryAll(places, place + 1, more);
                });
    }
}
