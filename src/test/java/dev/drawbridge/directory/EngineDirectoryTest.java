package dev.drawbridge.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DrawbridgeTest
class EngineDirectoryTest {
    @Autowired
    World world;

    @Autowired
    Directory directory;

    @Test
    void findsAnAccountByExactlyItsId() {
        assertThat(directory.find("engineer")).hasValueSatisfying(person -> {
            assertThat(person.name()).isEqualTo("Erin Engineer");
            assertThat(person.groups()).containsExactly("engineers");
            assertThat(person.manager()).hasValue("manager");
        });
        for (String other : List.of("Engineer", "engineer ", "engineer\nmanager", "engineer\0", "")) {
            assertThat(directory.find(other)).isEmpty();
            assertThat(directory.account(other)).isEmpty();
            assertThat(directory.namesById(Set.of(other))).containsExactly(Map.entry(other, other));
            assertThat(directory.namesOfGroups(Set.of(other))).containsExactly(Map.entry(other, other));
        }
    }

    @Test
    void tellsOneAccountOfAnIdFromTheNext() {
        assertThat(directory.account("engineer").map(Directory.Account::generation))
                .isPresent()
                .isEqualTo(directory.account("engineer").map(Directory.Account::generation))
                .isNotEqualTo(directory.account("manager").map(Directory.Account::generation));
    }

    @Test
    void knowsGroupsAccountsAndManagersAtOnce() {
        Directory.Known known =
                directory.known(Set.of("managers", "orders-owners"), Set.of("security", "ghost"), Set.of("engineer"));

        assertThat(known.members(Set.of("managers"))).containsExactlyInAnyOrder("manager", "manager2");
        assertThat(known.members(Set.of("security"))).as("not asked for").isEmpty();
        assertThat(known.accounts(Set.of("security", "ghost"))).containsExactly("security");
        assertThat(known.managerOf("engineer")).hasValue("manager");
        assertThat(directory.relationsOf("manager")).containsExactly(Relation.MANAGER);
        assertThat(directory.relationsOf("engineer")).isEmpty();
    }

    @Test
    void givesARoleToTheGroupsThatAreSetForItAndToNobodyElse() {
        Roles roles = new Roles(
                Set.of("managers"), Set.of("security"), Set.of("auditors"), Set.of("process-owners"), Set.of("admins"));
        Directory other = new EngineDirectory(world.jdbc(), roles, world.clock());

        assertThat(other.groupsOf("manager")).containsExactlyInAnyOrder("managers", "operators");
        assertThat(other.groupsOf("operator")).isEmpty();
        assertThat(other.membersOf(Set.of("operators"))).containsExactlyInAnyOrder("manager", "manager2");
        assertThat(other.membersOf(Set.of("managers"))).containsExactlyInAnyOrder("manager", "manager2");
        assertThat(new AccountsNow(world.jdbc(), roles, world.clock()).now("operator"))
                .hasValueSatisfying(account -> assertThat(account.groups()).isEmpty());
    }
}
