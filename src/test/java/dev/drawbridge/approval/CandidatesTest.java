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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a level is shown to and who is told of it. */
class CandidatesTest {
    private static final Instant NOW = Instant.parse("2035-06-05T10:00:00Z");
    private static final AccessRequest REQUEST = new AccessRequest(
            UUID.randomUUID(), "instance", "ada", "x", Duration.ofHours(1), "why", null, null, NOW, null);
    private static final Level OWNERS = new Level(
            "owner", List.of("owners"), List.of("olga"), 1, Duration.ofHours(8), null, null, List.of(), null, null);

    private final Escalations escalations = mock(Escalations.class);
    private final Deputies deputies = mock(Deputies.class);
    private final HandedOvers handedOver = mock(HandedOvers.class);
    private final StandIns standIns = mock(StandIns.class);
    private final Approvals approvals = mock(Approvals.class);
    private Candidates candidates;

    @BeforeEach
    void meet() {
        People people = mock(People.class);
        when(people.membersOf(anyString())).thenReturn(Set.of());
        when(people.membersOf("owners")).thenReturn(Set.of("ada", "bob", "cid"));
        when(people.membersOf("leads")).thenReturn(Set.of("Ada", "lea"));
        when(standIns.may(anyString(), any(), any(), any())).thenAnswer(call -> !"ada".equals(call.getArgument(0)));
        candidates = new Candidates(
                people,
                new LevelPeople(people, mock(OnCall.class)),
                escalations,
                new Substitutes(deputies, handedOver, standIns, approvals),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private List<String> of(Approval... given) {
        return candidates.of(REQUEST, OWNERS, 0, List.of(given));
    }

    private Set<String> all(Approval... given) {
        return candidates.all(REQUEST, OWNERS, 0, List.of(given));
    }

    private static Approval given(String approver, String forPerson) {
        return new Approval(REQUEST.id(), 0, approver, Approval.Decision.APPROVE, "", NOW, forPerson, null);
    }

    private static Deputies.Deputy deputy(String person, String deputy) {
        return new Deputies.Deputy(UUID.randomUUID(), person, deputy, NOW, NOW.plusSeconds(60));
    }

    @Test
    void areThePeopleAndTheGroupsOfTheLevelButNeverTheRequester() {
        assertThat(of()).containsExactly("bob", "cid", "olga");
    }

    @Test
    void areThoseOfTheTiersThatWereAddedToo() {
        when(escalations.of(REQUEST.id(), 0))
                .thenReturn(List.of(new Escalation(REQUEST.id(), 0, 0, List.of("leads"), NOW)));

        assertThat(of()).containsExactly("bob", "cid", "lea", "olga");
    }

    @Test
    void leaveOutWhoHasBeenHeardOrStoodInFor() {
        assertThat(of(given("bob", null))).containsExactly("cid", "olga");
        assertThat(of(given("dan", "bob"))).containsExactly("cid", "olga");
    }

    @Test
    void takeInTheDeputiesOfThoseWhoMayAnswerAndOfNobodyElse() {
        when(deputies.at(NOW))
                .thenReturn(List.of(
                        deputy("bob", "dan"), deputy("zoe", "eve"), deputy("cid", "ada"), deputy("olga", "fay")));

        assertThat(all()).containsExactly("bob", "cid", "dan", "fay", "olga");
        assertThat(all(given("olga", null)))
                .as("who has answered has nobody to stand in for them")
                .containsExactly("bob", "cid", "dan");
        assertThat(all(given("dan", "bob"))).containsExactly("cid", "fay", "olga");
    }

    private void handOver(String from, String to) {
        when(handedOver.of(REQUEST.id(), 0)).thenReturn(List.of(new HandedOvers.Passed(UUID.randomUUID(), from, to)));
    }

    private Set<String> awaited() {
        return candidates.awaited(REQUEST, OWNERS, 0, List.of());
    }

    @Test
    void takeInWhomItWasHandedToAndNoMoreWhoHandedIt() {
        handOver("bob", "gus");

        assertThat(of()).containsExactly("cid", "olga");
        assertThat(awaited()).containsExactly("cid", "gus", "olga");
        assertThat(all()).containsExactly("cid", "gus", "olga");
        assertThat(candidates.unheard(REQUEST, OWNERS, 0, List.of()))
                .as("his answer is still to come, whoever gives it")
                .containsExactly("bob", "cid", "olga");
    }

    @Test
    void takeInWhoHandedItOverOnceNobodyElseCanAnswerInTheirPlace() {
        handOver("bob", "gus");
        when(standIns.may(eq("gus"), any(), any(), any())).thenReturn(false);
        assertThat(all()).as("who may stand in no more").containsExactly("bob", "cid", "olga");

        handOver("bob", "cid");
        when(approvals.of(REQUEST.id())).thenReturn(List.of(given("cid", null)));
        assertThat(all(given("cid", null))).as("who has been heard").containsExactly("bob", "olga");
        handOver("bob", "ada");
        assertThat(all()).as("the requester never").containsExactly("bob", "cid", "olga");
    }

    @Test
    void leaveOutTheDeputyOfWhoHandedItToSomebodyElse() {
        when(deputies.at(NOW)).thenReturn(List.of(deputy("bob", "dan")));
        handOver("bob", "gus");

        assertThat(all()).containsExactly("cid", "gus", "olga");
    }

    @Test
    void leaveOutADeputyWhoMayNotStandInThere() {
        when(deputies.at(NOW)).thenReturn(List.of(deputy("bob", "dan"), deputy("cid", "eve")));
        when(standIns.may(eq("dan"), any(), any(), any())).thenReturn(false);

        assertThat(all()).containsExactly("bob", "cid", "eve", "olga");
    }
}
