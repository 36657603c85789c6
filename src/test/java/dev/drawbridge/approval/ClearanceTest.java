package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the door makes of the answers on record, however they came to be there. */
class ClearanceTest {
    private static final Instant NOW = Instant.parse("2035-06-05T10:00:00Z");
    private static final AccessRequest REQUEST = new AccessRequest(
            UUID.randomUUID(), "instance", "ada", "write", Duration.ofHours(2), "why", null, null, NOW, null);

    private final Electorate electorate = mock(Electorate.class);

    @BeforeEach
    void letEverybodyCount() {
        when(electorate.counts(any())).thenReturn(true);
    }

    private static List<Level> levels(int... quorums) {
        return Arrays.stream(quorums)
                .mapToObj(quorum -> new Level(
                        "of " + quorum,
                        List.of("g"),
                        List.of(),
                        quorum,
                        Duration.ofHours(8),
                        null,
                        null,
                        List.of(),
                        null,
                        null))
                .toList();
    }

    private static Approval yes(int level, String approver, String forPerson) {
        return new Approval(REQUEST.id(), level, approver, Decision.APPROVE, "", NOW, forPerson, null);
    }

    private Scope cleared(List<Level> levels, Approval... given) {
        CaseOf approval = new CaseOf(REQUEST, NOW, levels);
        approval.answers.addAll(List.of(given));
        return Clearance.require(approval.now(), moment -> electorate);
    }

    private void isNotCleared(String why, List<Level> levels, Approval... given) {
        assertThatThrownBy(() -> cleared(levels, given))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.sentence()).isEqualTo("Access is not given: " + why + "."));
    }

    private void hasLapsed(List<Level> levels, Approval... given) {
        assertThatThrownBy(() -> cleared(levels, given)).isInstanceOf(ApprovalLapsed.class);
    }

    @Test
    void wantsTheQuorumOfEveryLevel() {
        isNotCleared("level 'of 1' has 0 of 1 valid approvals", levels(1));
        isNotCleared("level 'of 2' has 1 of 2 valid approvals", levels(1, 2), yes(0, "bob", null), yes(1, "cid", null));
        isNotCleared("level 'of 1' has 0 of 1 valid approvals", levels(1), yes(1, "bob", null));

        assertThat(cleared(levels(1, 2), yes(0, "bob", null), yes(1, "cid", null), yes(1, "dan", null)))
                .isEqualTo(new Scope("write", Duration.ofHours(2)));
    }

    @Test
    void countsNobodyTwiceAcrossLevels() {
        hasLapsed(levels(1, 1), yes(0, "bob", null), yes(1, "bob", null));
    }

    @Test
    void countsOnePersonOnceHoweverTheirAccountsAreSpelled() {
        hasLapsed(levels(1, 1), yes(0, "bob", null), yes(1, "BOB", null));
        hasLapsed(levels(1, 1), yes(0, "dan", "bob"), yes(1, "Bob", null));
        isNotCleared("level 'of 2' has 1 of 2 valid approvals", levels(2), yes(0, "bob", null), yes(0, "Bob", null));
    }

    @Test
    void countsADeputyAndThePersonTheyStandInForAsOne() {
        hasLapsed(levels(1, 1), yes(0, "bob", null), yes(1, "dan", "bob"));
        hasLapsed(levels(1, 1), yes(0, "dan", "bob"), yes(1, "bob", null));
        hasLapsed(levels(1, 1), yes(0, "dan", "bob"), yes(1, "eve", "bob"));
        hasLapsed(levels(1, 1), yes(0, "dan", "bob"), yes(1, "dan", null));

        assertThat(cleared(levels(1, 1), yes(0, "dan", "bob"), yes(1, "eve", "cid")))
                .isNotNull();
    }

    @Test
    void endsWhatSomebodyAgreedToWhoMayNotAnyMore() {
        Approval gone = yes(0, "bob", null);
        when(electorate.counts(gone)).thenReturn(false);

        hasLapsed(levels(1), gone);
        assertThat(cleared(levels(1), gone, yes(0, "cid", null))).isNotNull();
    }

    @Test
    void clearsNothingThatSomebodyRefused() {
        isNotCleared(
                "somebody refused it",
                levels(1),
                yes(0, "bob", null),
                new Approval(REQUEST.id(), 0, "cid", Decision.REJECT, "no", NOW, null, null));
    }

    @Test
    void clearsWhatTheLastWhoNarrowedItLeft() {
        Scope less = new Scope("read", Duration.ofHours(1));
        Approval narrowed = new Approval(REQUEST.id(), 0, "bob", Decision.APPROVE, "", NOW, null, less);

        assertThat(cleared(levels(1, 1), narrowed, yes(1, "cid", null))).isEqualTo(less);
    }
}
