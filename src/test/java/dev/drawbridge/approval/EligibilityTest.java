package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may answer, whatever led them here: the engine's own list of candidates is nobody's right. */
class EligibilityTest {
    private static final Instant NOW = Instant.parse("2035-06-05T10:00:00Z");
    private static final AccessRequest REQUEST = new AccessRequest(
            UUID.randomUUID(), "instance", "ada", "x", Duration.ofHours(1), "why", null, null, NOW, null);
    private static final Level OWNERS = level(List.of("owners"), List.of("olga"));

    private final Map<String, Set<String>> groups = Map.of(
            "ada", Set.of("owners", "leads"),
            "bob", Set.of("owners"),
            "cid", Set.of("leads"),
            "dan", Set.of("staff"),
            "olga", Set.of());
    private final Escalations escalations = mock(Escalations.class);
    private final Deputies deputies = mock(Deputies.class);
    private final HandedOvers handedOver = mock(HandedOvers.class);
    private final Approvals approvals = mock(Approvals.class);
    private final StandIns standIns = mock(StandIns.class);
    private Eligibility eligibility;

    private static Level level(List<String> groups, List<String> people) {
        return new Level("owners", groups, people, 1, Duration.ofHours(8), null, null, List.of(), null, null);
    }

    @BeforeEach
    void meet() {
        People people = mock(People.class);
        when(people.find(anyString()))
                .thenAnswer(call -> Optional.ofNullable(groups.get(call.<String>getArgument(0)))
                        .map(of -> new People.Person(call.getArgument(0), "", of, Optional.empty(), Optional.empty())));
        when(standIns.may(anyString(), any(), any(), any()))
                .thenAnswer(call -> groups.containsKey(call.<String>getArgument(0)));
        eligibility = new Eligibility(
                people,
                new LevelPeople(people, mock(OnCall.class)),
                escalations,
                new Substitutes(deputies, handedOver, standIns, approvals));
    }

    private boolean may(String person) {
        return eligibility.mayApprove(person, OWNERS, 0, REQUEST, NOW);
    }

    private List<String> inPlaceOf(String person) {
        return eligibility.inPlaceOf(person, OWNERS, 0, REQUEST, NOW).toList();
    }

    private void appoint(String person, String deputy) {
        when(deputies.at(NOW))
                .thenReturn(List.of(new Deputies.Deputy(UUID.randomUUID(), person, deputy, NOW, NOW.plusSeconds(1))));
    }

    @Test
    void takesTheGroupsAndThePeopleOfTheLevelAndNobodyElse() {
        assertThat(may("bob")).isTrue();
        assertThat(may("olga")).isTrue();
        assertThat(may("cid")).isFalse();
        assertThat(may("nobody")).isFalse();
    }

    @Test
    void takesTheRequesterNeverWhateverTheirGroupsAndHoweverTheyWriteThemselves() {
        assertThat(may("ada")).isFalse();
        assertThat(may("ADA")).isFalse();
        appoint("bob", "ada");
        assertThat(inPlaceOf("ada")).isEmpty();
        assertThat(inPlaceOf("Ada")).isEmpty();
    }

    @Test
    void takesWhoBelongsToATierThatWasAddedAndNobodyElse() {
        when(escalations.of(REQUEST.id(), 0))
                .thenReturn(List.of(new Escalation(REQUEST.id(), 0, 0, List.of("leads"), NOW)));

        assertThat(may("cid")).isTrue();
        assertThat(may("dan")).isFalse();
        assertThat(eligibility.mayApprove("cid", OWNERS, 1, REQUEST, NOW))
                .as("at this level alone")
                .isFalse();
    }

    @Test
    void letsADeputyAnswerOnlyForWhoCouldAnswerThemselves() {
        appoint("bob", "dan");
        assertThat(inPlaceOf("dan")).containsExactly("bob");
        assertThat(inPlaceOf("cid")).as("somebody else's deputy").isEmpty();

        appoint("cid", "dan");
        assertThat(inPlaceOf("dan"))
                .as("who may not answer has no right to lend")
                .isEmpty();
        appoint("ada", "dan");
        assertThat(inPlaceOf("dan")).as("never for the requester").isEmpty();
        appoint("bob", "nobody");
        assertThat(inPlaceOf("nobody")).as("no account, no answer").isEmpty();
    }

    private void handOver(String from, String to) {
        when(handedOver.of(REQUEST.id(), 0)).thenReturn(List.of(new HandedOvers.Passed(UUID.randomUUID(), from, to)));
    }

    private void mayNotStandIn(String person) {
        when(standIns.may(eq(person), any(), any(), any())).thenReturn(false);
    }

    @Test
    void letsWhomItWasHandedToAnswerAtThatLevel() {
        handOver("bob", "dan");

        assertThat(inPlaceOf("dan")).containsExactly("bob");
        assertThat(eligibility.inPlaceOf("dan", OWNERS, 1, REQUEST, NOW)).isEmpty();
        handOver("cid", "dan");
        assertThat(inPlaceOf("dan"))
                .as("who is not asked has nothing to hand over")
                .isEmpty();
    }

    @Test
    void letsNobodyStandInWhoMayNotAtThatLevelHoweverTheyWereNamed() {
        mayNotStandIn("dan");
        appoint("bob", "dan");
        handOver("olga", "dan");

        assertThat(inPlaceOf("dan")).isEmpty();
        assertThat(eligibility.mayAnswer("dan", OWNERS, 0, REQUEST, NOW)).isFalse();
        assertThat(eligibility.counts(given("dan", "bob"), OWNERS, REQUEST)).isFalse();
        assertThat(eligibility.counts(given("dan", "olga"), OWNERS, REQUEST)).isFalse();
        assertThat(may("olga")).as("it is back with her").isTrue();
    }

    @Test
    void takesNoAnswerFromWhoHandedItOverNorFromTheirDeputyWhileItRestsWithAnother() {
        appoint("bob", "cid");
        handOver("bob", "dan");

        assertThat(may("bob")).isFalse();
        assertThat(inPlaceOf("cid")).isEmpty();
        assertThat(inPlaceOf("dan")).containsExactly("bob");
        assertThat(may("olga")).as("nobody else").isTrue();
    }

    @Test
    void givesItBackOnceWhomItWasHandedToHasBeenHeard() {
        handOver("bob", "olga");
        assertThat(may("bob")).isFalse();

        when(approvals.of(REQUEST.id())).thenReturn(List.of(given("olga", null)));
        assertThat(may("bob")).isTrue();
    }

    @Test
    void countsWhatWasGivenBeforeItWasHandedAnywhere() {
        handOver("bob", "dan");

        assertThat(eligibility.counts(given("bob", null), OWNERS, REQUEST)).isTrue();
        assertThat(eligibility.counts(given("dan", "bob"), OWNERS, REQUEST)).isTrue();
        assertThat(eligibility.counts(given("cid", "bob"), OWNERS, REQUEST)).isFalse();
    }

    @Test
    void countsAnAnswerOnlyInTheCapacityInWhichItWasGiven() {
        appoint("bob", "dan");

        assertThat(eligibility.counts(given("bob", null), OWNERS, REQUEST)).isTrue();
        assertThat(eligibility.counts(given("dan", "bob"), OWNERS, REQUEST)).isTrue();
        assertThat(eligibility.counts(given("dan", null), OWNERS, REQUEST)).isFalse();
        assertThat(eligibility.counts(given("dan", "olga"), OWNERS, REQUEST)).isFalse();
        assertThat(eligibility.counts(given("ada", "bob"), OWNERS, REQUEST)).isFalse();
    }

    private static Approval given(String approver, String forPerson) {
        return new Approval(REQUEST.id(), 0, approver, Approval.Decision.APPROVE, "", NOW, forPerson, null);
    }
}
