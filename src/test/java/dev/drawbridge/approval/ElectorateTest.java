package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.approval.Electorate.Shown;
import dev.drawbridge.approval.Electorate.Voters;
import dev.drawbridge.deputies.Deputies.Deputy;
import dev.drawbridge.guardrails.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may answer, in whose place, and who is waited for, whatever led them here. */
class ElectorateTest {
    private static final Instant NOW = Instant.parse("2035-06-05T10:00:00Z");

    private final CaseOf approval = CaseOf.ada(NOW, level("owner", 1), level("security", 1));
    private final List<Deputy> deputies = new ArrayList<>();
    private final Set<String> standIns = new HashSet<>(Set.of("bob", "cid", "olga", "dan", "eve", "fay", "gus"));
    private final List<Set<String>> asked =
            new ArrayList<>(List.of(Set.of("bob", "cid", "olga"), Set.of("sam", "sue")));

    private static Level level(String name, int quorum) {
        return new Level(
                name, List.of(name + "s"), List.of(), quorum, Duration.ofHours(8), null, null, List.of(), null, null);
    }

    private Electorate now() {
        return new Electorate(
                approval.now(),
                asked.stream()
                        .map(all -> new Voters(Set.of("olga"), all, standIns, Set.of()))
                        .toList(),
                deputies);
    }

    private void appoint(String person, String deputy) {
        deputies.add(new Deputy(UUID.randomUUID(), person, deputy, NOW, NOW.plusSeconds(60)));
    }

    private static Approval given(String approver, String forPerson) {
        return new Approval(UUID.randomUUID(), 0, approver, Approval.Decision.APPROVE, "", NOW, forPerson, null);
    }

    @Test
    void takesWhomTheLevelAsksAndNobodyElse() {
        assertThat(now().mayApprove("bob", 0)).isTrue();
        assertThat(now().mayApprove("sam", 0)).isFalse();
        assertThat(now().mayApprove("sam", 1)).as("at their level alone").isTrue();
        assertThat(now().everybody(0)).containsExactly("bob", "cid", "olga");
    }

    @Test
    void letsADeputyAnswerOnlyForWhoCouldAnswerThemselves() {
        appoint("bob", "dan");
        appoint("zoe", "eve");

        assertThat(now().inPlaceOf("dan", 0)).containsExactly("bob");
        assertThat(now().inPlaceOf("cid", 0)).as("somebody else's deputy").isEmpty();
        assertThat(now().inPlaceOf("eve", 0))
                .as("who may not answer has no right to lend")
                .isEmpty();
        assertThat(now().everybody(0)).containsExactly("bob", "cid", "dan", "olga");
        assertThat(now().awaited(0)).as("nobody waits for deputies").containsExactly("bob", "cid", "olga");
    }

    @Test
    void letsNobodyStandInWhoMayNotHoweverTheyWereNamed() {
        appoint("bob", "dan");
        approval.handedOver(0, "olga", "dan");
        standIns.remove("dan");

        assertThat(now().inPlaceOf("dan", 0)).isEmpty();
        assertThat(now().mayAnswer("dan", 0)).isFalse();
        assertThat(now().counts(given("dan", "bob"))).isFalse();
        assertThat(now().counts(given("dan", "olga"))).isFalse();
        assertThat(now().mayApprove("olga", 0)).as("it is back with her").isTrue();
        assertThat(now().everybody(0)).containsExactly("bob", "cid", "olga");
    }

    @Test
    void leavesOutWhoHasBeenHeardOrStoodInForAndTheirDeputies() {
        appoint("bob", "dan");
        appoint("olga", "fay");
        approval.answered(0, "olga", null);
        assertThat(now().everybody(0)).containsExactly("bob", "cid", "dan");

        approval.answers.clear();
        approval.answered(0, "dan", "bob");
        assertThat(now().everybody(0)).containsExactly("cid", "fay", "olga");
    }

    @Test
    void letsWhomItWasHandedToAnswerAtThatLevelAndNoMoreWhoHandedIt() {
        approval.handedOver(0, "bob", "gus").handedOver(0, "sam", "eve");

        assertThat(now().inPlaceOf("gus", 0)).containsExactly("bob");
        assertThat(now().inPlaceOf("gus", 1)).isEmpty();
        assertThat(now().inPlaceOf("eve", 0))
                .as("who is not asked has nothing to hand over")
                .isEmpty();
        assertThat(now().mayApprove("bob", 0)).isFalse();
        assertThat(now().inTheirOwnRight(0)).containsExactly("cid", "olga");
        assertThat(now().awaited(0)).containsExactly("cid", "gus", "olga");
        assertThat(now().everybody(0)).containsExactly("cid", "gus", "olga");
        assertThat(now().unheard(0))
                .as("his answer is still to come, whoever gives it")
                .containsExactly("bob", "cid", "olga");
    }

    @Test
    void takesNoAnswerFromTheDeputyOfWhoHandedItToSomebodyElse() {
        appoint("bob", "cid");
        approval.handedOver(0, "bob", "dan");

        assertThat(now().inPlaceOf("cid", 0)).isEmpty();
        assertThat(now().inPlaceOf("dan", 0)).containsExactly("bob");
        assertThat(now().everybody(0)).containsExactly("cid", "dan", "olga");
    }

    @Test
    void givesItBackOnceWhomItWasHandedToHasBeenHeard() {
        approval.handedOver(0, "bob", "olga");
        assertThat(now().mayApprove("bob", 0)).isFalse();

        approval.answered(0, "olga", null);
        assertThat(now().mayApprove("bob", 0)).isTrue();
        assertThat(now().everybody(0)).containsExactly("bob", "cid");
    }

    @Test
    void countsAnAnswerOnlyInTheCapacityInWhichItWasGivenHoweverItWasHandedOnSince() {
        appoint("bob", "dan");
        approval.handedOver(0, "bob", "fay");

        assertThat(now().counts(given("bob", null))).isTrue();
        assertThat(now().counts(given("dan", "bob"))).isTrue();
        assertThat(now().counts(given("fay", "bob"))).isTrue();
        assertThat(now().counts(given("dan", null))).isFalse();
        assertThat(now().counts(given("dan", "olga"))).isFalse();
        assertThat(now().counts(given("ada", "bob"))).isFalse();
    }

    @Test
    void showsATaskToTheGroupsUntilSomebodyOfThemIsAskedNoMore() {
        appoint("bob", "dan");
        assertThat(now().shown(0)).isEqualTo(new Shown(Set.of("owners"), Set.of("olga", "dan")));

        approval.tiers.add(new Escalation(approval.request.id(), 0, 0, List.of("leads"), NOW));
        assertThat(now().shown(0).groups()).containsExactly("leads", "owners");

        approval.handedOver(0, "cid", "gus");
        assertThat(now().shown(0)).isEqualTo(new Shown(Set.of(), Set.of("bob", "dan", "gus", "olga")));
    }

    @Test
    void offersToTakeOverOnlyWhoCanAndIsNeededNowhereElse() {
        approval.handedOver(0, "cid", "gus");
        assertThat(now().successors("bob", 0)).containsExactly("dan", "eve", "fay", "gus", "olga");
        assertThat(now().successors("cid", 0)).as("it is no longer his").isEmpty();
        assertThat(now().successors("dan", 0)).as("nor ever was").isEmpty();

        approval.handOvers.clear();
        asked.set(0, Set.of("bob"));
        asked.set(1, Set.of("dan"));
        assertThat(now().successors("bob", 0))
                .as("nobody else could answer at the next level")
                .containsExactly("cid", "eve", "fay", "gus", "olga");
    }

    @Test
    void keepsForALaterLevelWhomItCannotDoWithoutHoweverTheyAreSpelled() {
        asked.set(1, Set.of("bob"));

        assertThat(now().leavesRoomWithout(Set.of("cid"), 0)).isTrue();
        assertThat(now().leavesRoomWithout(Set.of("bob"), 0)).isFalse();
        assertThat(now().leavesRoomWithout(Set.of("BOB"), 0)).isFalse();
        asked.set(0, Set.of("bob"));
        assertThat(now().leavesRoomWithout(Set.of("bob"), 0))
                .as("there was none before")
                .isTrue();
        asked.set(0, Set.of("bob", "Bob"));
        assertThat(now().leavesRoomWithout(Set.of("Bob"), 0))
                .as("two spellings are one person")
                .isTrue();
    }

    @Test
    void givesBackWhatIsStillSomebodysToAnswer() {
        approval.handedOver(0, "bob", "gus").handedOver(0, "cid", "gus").handedOver(0, "sam", "gus");
        approval.answered(0, "eve", "cid");

        assertThat(now().givenTo("gus", 0))
                .extracting(ApprovalCase.HandOverFact::from)
                .containsExactly("bob");
    }
}
