package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.Connector.Same;
import dev.drawbridge.grant.OpenGrants;
import dev.drawbridge.grant.Place;
import dev.drawbridge.grant.TargetUnreachable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access that no target leads to is raised while there is time, and not when its end cannot be brought about. */
class OutOfReachTest {
    private final OpenGrants grants = mock(OpenGrants.class);
    private final Connector connector = mock(Connector.class);
    private final Discrepancies discrepancies = mock(Discrepancies.class);
    private final OutOfReach outOfReach = new OutOfReach(grants, connector, discrepancies, Clock.systemUTC());
    private final List<Discrepancy> raised = new ArrayList<>();

    @BeforeEach
    void remember() {
        when(discrepancies.found(any())).thenAnswer(call -> {
            raised.add(call.getArgument(0));
            return call.getArgument(0);
        });
        when(discrepancies.open()).thenAnswer(call -> List.copyOf(raised));
        when(discrepancies.open(anyString(), anyString(), any()))
                .thenAnswer(call -> raised.stream().findFirst());
    }

    private Place open(String system, String server) {
        Place place = new Place(system, "", server, false);
        when(grants.places()).thenReturn(List.of(place));
        when(connector.isReached(place)).thenReturn(Same.OTHER);
        return place;
    }

    @Test
    void raisesWhatIsOnAServerThatNoTargetLeadsTo() {
        open("shop", "7412");

        outOfReach.look();

        assertThat(raised).singleElement().satisfies(one -> {
            assertThat(one.target()).isEqualTo("shop");
            assertThat(one.sentence())
                    .startsWith("Access is open on a server that 'shop' does not lead to; it calls itself 7412.");
            assertThat(one.cure()).isEqualTo("drawbridge.targets.<name>.formerly=shop");
        });
    }

    @Test
    void raisesWhatIsOnATargetThatIsConfiguredNoMore() {
        open("attic", null);

        outOfReach.look();

        assertThat(raised)
                .singleElement()
                .satisfies(one -> assertThat(one.sentence())
                        .startsWith("Access is open on 'attic', which is not configured as a target."));
    }

    /** Else the cure would be to bring in a server that is there. */
    @Test
    void saysHowATargetIsToTellWhichServerItIs() {
        Place place = open("shop", "7412");
        when(connector.isReached(place)).thenReturn(Same.UNTOLD);

        outOfReach.look();

        assertThat(raised).singleElement().satisfies(one -> {
            assertThat(one.sentence()).contains("'shop' does not say any more which server it is");
            assertThat(one.cure())
                    .isEqualTo(
                            "grant execute on function pg_catalog.pg_control_system() to <the account of this target>");
        });
    }

    @Test
    void settlesWhatItRaisedOnceATargetLeadsThere() {
        Place place = open("shop", "7412");
        outOfReach.look();
        when(connector.isReached(place)).thenReturn(Same.SAME);

        outOfReach.look();

        verify(discrepancies).settled(eq(raised.get(0)), anyString());
    }

    @Test
    void saysNothingOfATargetThatDoesNotAnswerAndGoesOnWithTheOthers() {
        Place silent = new Place("billing", "", "1", false);
        Place lost = new Place("shop", "", "7412", false);
        when(grants.places()).thenReturn(List.of(silent, lost));
        when(connector.isReached(lost)).thenReturn(Same.OTHER);
        when(connector.isReached(silent)).thenThrow(new TargetUnreachable("down", new IllegalStateException()));

        outOfReach.look();

        assertThat(raised)
                .singleElement()
                .satisfies(one -> assertThat(one.target()).isEqualTo("shop"));
    }

    @Test
    void keepsRaisedWhatItCannotTellAnyMore() {
        Place place = open("shop", "7412");
        outOfReach.look();
        when(connector.isReached(place)).thenThrow(new TargetUnreachable("down", new IllegalStateException()));

        outOfReach.look();

        verify(discrepancies, never()).settled(any(), anyString());
    }
}
