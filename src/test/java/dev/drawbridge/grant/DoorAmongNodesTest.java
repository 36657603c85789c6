package dev.drawbridge.grant;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.drawbridge.approval.Clearance;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.guardrails.Guardrails;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door of a node that does not have the rules of the others yet. */
class DoorAmongNodesTest {
    private static final Instant NOW = Instant.parse("2027-01-12T10:00:00Z");
    private static final AccessRequest REQUEST = new AccessRequest(
            UUID.randomUUID(),
            "process",
            "engineer",
            "new-logs-read",
            Duration.ofHours(1),
            "Looking into a timeout",
            null,
            null,
            NOW,
            null);

    private final Grants grants = mock(Grants.class);
    private final Guardrails guardrails = mock(Guardrails.class);
    private final Offer offer = mock(Offer.class);
    private final DoorFacts record = mock(DoorFacts.class);
    private final GrantDoor door = new GrantDoor(
            mock(AccessRequests.class),
            record,
            mock(Clearance.class),
            grants,
            guardrails,
            offer,
            Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void allowARequestForWhatIsNotInTheCatalogHere() {
        when(record.of(any()))
                .thenReturn(new DoorFacts.Facts(
                        new RecordedVerdict(
                                REQUEST.id(),
                                new Verdict.Allowed(List.of(), null, List.of(), "of newer rules"),
                                2L,
                                REQUEST.digest(),
                                NOW),
                        false,
                        false,
                        Set.of("engineers"),
                        new SignIn("engineer", Set.of("engineers"), "form", true, NOW, "127.0.0.1", null),
                        null,
                        false,
                        Set.of(),
                        null,
                        2,
                        false));
        when(offer.findOnAnyTarget(REQUEST.entitlement())).thenReturn(Optional.empty());
    }

    /** Each minute, and uses no try up: its node, or another one, knows it soon. */
    @Test
    void triesAgainWhatOnlyNewerRulesKnow() {
        when(offer.whyNeverAgain(REQUEST.entitlement())).thenReturn(Optional.empty());

        assertThatThrownBy(() -> door.pass(REQUEST))
                .isInstanceOf(NotYet.class)
                .hasMessage("Access is not given yet: nodes run different rules, and this one does not know"
                        + " 'new-logs-read'.");
        judgesAndGivesNothing();
    }

    @Test
    void endsWhatAllNodesHaveNoMore() {
        when(offer.whyNeverAgain(REQUEST.entitlement())).thenReturn(Optional.of("It is no longer in the catalog."));

        assertThatThrownBy(() -> door.pass(REQUEST))
                .isInstanceOf(NoLonger.class)
                .hasMessage("It is no longer in the catalog.");
        judgesAndGivesNothing();
    }

    /** What older rules refuse may be allowed by now. */
    @Test
    void judgesNothingByOlderRulesThanThoseInForce() {
        when(guardrails.areBehind(2)).thenReturn(true);

        assertThatThrownBy(() -> door.pass(REQUEST))
                .isInstanceOf(NotYet.class)
                .hasMessage("Access is not given yet: this node does not go by publication 2 yet.");
        judgesAndGivesNothing();
    }

    private void judgesAndGivesNothing() {
        verifyNoInteractions(grants);
        verify(guardrails, never()).judge(any(), any());
        verify(guardrails, never()).judgement(any(), any(), any());
    }
}
