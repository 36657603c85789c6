package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

/** Revoking much at once: what cannot be ended keeps nothing else from its end, and is told. */
class RevokeNowTest {
    private static final RevokeNow.Which ANNS = new RevokeNow.Which("ann", null);

    private final AccessRequests requests = mock(AccessRequests.class);
    private final Revocables revocables = mock(Revocables.class);
    private final EndAccess end = mock(EndAccess.class);
    private final AccessProcesses processes = mock(AccessProcesses.class);
    private final Directory people = mock(Directory.class);
    private final RevokeNow revokeNow = new RevokeNow(
            revocables,
            new RevokeEach(requests, end, mock(EndMany.class), mock(DropRequest.class), processes),
            people,
            mock(Refusals.class, call -> ((Supplier<?>) call.getArgument(2)).get()));
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    @BeforeEach
    void openTwo() {
        when(people.groupsOf("otto")).thenReturn(Set.of("operators"));
        when(revocables.of("ann", null)).thenReturn(List.of(active(first), active(second)));
    }

    private static Revocable active(UUID id) {
        return new Revocable(id, "ann", "app", "ACTIVE", "drawbridge_x", null, null, Instant.EPOCH, false);
    }

    @Test
    void endsTheNextWhereOneCannotBeEndedAndSaysWhich() {
        doThrow(new CannotAcquireLockException("busy")).when(end).order(first, Reason.REVOKED, "otto", "Leaked");

        assertThatThrownBy(() -> revokeNow.all("otto", ANNS, "Leaked"))
                .hasMessageContaining("1 end now. 1 could not be reached")
                .hasMessageContaining(first.toString());
        verify(end, atLeastOnce()).order(second, Reason.REVOKED, "otto", "Leaked");
    }

    @Test
    void ordersTheEndWhateverTheProcessSaysToIt() {
        when(requests.find(any()))
                .thenReturn(Optional.of(new AccessRequest(
                        first, "i", "ann", "app", Duration.ofHours(1), "why", null, null, Instant.EPOCH, null)));
        doThrow(new SuspendedEntityInteractionException("suspended"))
                .when(processes)
                .tell(any(), any());

        assertThat(revokeNow.all("otto", ANNS, "Leaked")).containsExactly(first, second);
    }

    @Test
    void letsAFaultOfOursBeOne() {
        doThrow(new IllegalStateException("a fault of ours")).when(end).order(any(), any(), any(), any());

        assertThatThrownBy(() -> revokeNow.all("otto", ANNS, "Leaked")).isInstanceOf(IllegalStateException.class);
    }
}
