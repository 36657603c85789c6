package dev.drawbridge.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RolesTest {
    private static Roles roles(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("drawbridge.roles", Roles.class);
    }

    @Test
    void areGroupsOfTheirOwnNamesWhereNothingElseIsSet() {
        Roles roles = roles(Map.of());

        for (String role : List.of("operators", "security", "auditors", "process-owners")) {
            assertThat(roles.within(Set.of("engineers", role))).containsExactlyInAnyOrder("engineers", role);
            assertThat(roles.behind(role)).containsExactly(role);
        }
        assertThat(roles.behind("engineers")).containsExactly("engineers");
    }

    @Test
    void belongToTheGroupsThatAreSetAndToNoOthers() {
        Roles roles = roles(Map.of("drawbridge.roles.operators", "sre, night-shift"));

        assertThat(roles.within(Set.of("sre"))).containsExactlyInAnyOrder("sre", "operators");
        assertThat(roles.within(Set.of("night-shift", "engineers")))
                .containsExactlyInAnyOrder("night-shift", "engineers", "operators");
        assertThat(roles.within(Set.of("operators"))).as("a group of that name").isEmpty();
        assertThat(roles.behind("operators")).containsExactlyInAnyOrder("sre", "night-shift");
    }

    @Test
    void areMissingWhereNoneOfTheGroupsThatAreSetIsThere() {
        Roles roles =
                roles(Map.of("drawbridge.roles.operators", "sre, nigth-shift", "drawbridge.roles.auditors", "adit"));
        Set<String> known = Set.of("sre", "security", "auditors", "process-owners", "administrators");

        assertThat(roles.missing(known)).isEqualTo(Map.of("auditors", Set.of("adit")));
    }
}
