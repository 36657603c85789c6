package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.Set;
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
    void twoTargets() {
        when(connector.systems()).thenReturn(Set.of("billing", "shop"));
        when(connector.isOn(anyString(), any())).thenReturn(false);
        when(discrepancies.found(any())).thenAnswer(call -> {
            raised.add(call.getArgument(0));
            return call.getArgument(0);
        });
        when(discrepancies.open()).thenAnswer(call -> List.copyOf(raised));
    }

    private Place open(String system, String server, int many) {
        Place place = new Place(system, "", server);
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
                    .startsWith("3 accesses are open on a server that no target leads to; it calls itself 7412.");
            assertThat(one.cure()).isEqualTo("drawbridge.targets.<name>.replaces=7412");
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
    void findsAServerUnderAnyNameAndSettlesWhatItRaised() {
        Place place = open("shop", "7412", 3);
        outOfReach.look();
        when(connector.isOn(eq("billing"), eq(place))).thenReturn(true);

        outOfReach.look();

        verify(discrepancies).settled(eq(raised.get(0)), anyString());
    }

    @Test
    void saysNothingWhereATargetDoesNotAnswer() {
        open("shop", "7412", 3);
        when(connector.isOn(anyString(), any())).thenThrow(new TargetUnreachable("down", new IllegalStateException()));

        assertThatThrownBy(outOfReach::look).isInstanceOf(TargetUnreachable.class);

        assertThat(raised).isEmpty();
        verify(discrepancies, never()).settled(any(), anyString());
    }
}
