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
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.Place;
import dev.drawbridge.grant.TargetUnreachable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access that no target leads to is raised while there is time, and not when its end cannot be brought about. */
class OutOfReachTest {
    private final Grants grants = mock(Grants.class);
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

    private Place open(String system, String server, int many) {
        Place place = new Place(system, "", server, false);
        when(grants.places()).thenReturn(List.of(new Grants.Open(place, many)));
        return place;
    }

    @Test
    void raisesWhatIsOnAServerThatNoTargetLeadsTo() {
        open("shop", "7412", 3);

        outOfReach.look();

        assertThat(raised).singleElement().satisfies(one -> {
            assertThat(one.target()).isEqualTo("shop");
            assertThat(one.sentence())
                    .startsWith("3 accesses are open on a server that 'shop' does not lead to; it calls itself 7412.");
            assertThat(one.cure()).isEqualTo("drawbridge.targets.<name>.formerly=shop");
        });
    }

    @Test
    void raisesWhatIsOnATargetThatIsConfiguredNoMore() {
        open("attic", null, 1);

        outOfReach.look();

        assertThat(raised)
                .singleElement()
                .satisfies(one -> assertThat(one.sentence())
                        .startsWith("One access is open on 'attic', which is not configured as a target."));
    }

    @Test
    void settlesWhatItRaisedOnceATargetLeadsThere() {
        Place place = open("shop", "7412", 3);
        outOfReach.look();
        when(connector.isReached(place)).thenReturn(true);

        outOfReach.look();

        verify(discrepancies).settled(eq(raised.get(0)), anyString());
    }

    @Test
    void saysNothingOfATargetThatDoesNotAnswerAndGoesOnWithTheOthers() {
        Place silent = new Place("billing", "", "1", false);
        Place lost = new Place("shop", "", "7412", false);
        when(grants.places()).thenReturn(List.of(new Grants.Open(silent, 1), new Grants.Open(lost, 1)));
        when(connector.isReached(silent)).thenThrow(new TargetUnreachable("down", new IllegalStateException()));

        outOfReach.look();

        assertThat(raised)
                .singleElement()
                .satisfies(one -> assertThat(one.target()).isEqualTo("shop"));
    }

    @Test
    void keepsRaisedWhatItCannotTellAnyMore() {
        Place place = open("shop", "7412", 3);
        outOfReach.look();
        when(connector.isReached(place)).thenThrow(new TargetUnreachable("down", new IllegalStateException()));

        outOfReach.look();

        verify(discrepancies, never()).settled(any(), anyString());
    }
}
