package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.drawbridge.catalog.CatalogFindings;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.Place;
import dev.drawbridge.grant.TargetReadiness;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.request.AccessRequests;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;

/** One target, or one login on it, that cannot be dealt with keeps none of the others waiting. */
class BadTargetTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Connector connector = mock(Connector.class);
    private final Grants grants = mock(Grants.class);
    private final AccessRequests requests = mock(AccessRequests.class);
    private final SetRight setRight = mock(SetRight.class);
    private final TargetItself itself = mock(TargetItself.class);
    private final Discrepancies discrepancies = mock(Discrepancies.class);
    private Reconciliation reconciliation;

    @BeforeEach
    void start() {
        Cluster cluster = mock(Cluster.class);
        doAnswer(call -> {
                    call.<Runnable>getArgument(1).run();
                    return null;
                })
                .when(cluster)
                .onceAtATime(anyString(), any());
        when(connector.systems()).thenReturn(Set.of("one", "two"));
        when(requests.tryLock(any())).thenReturn(true);
        reconciliation = new Reconciliation(
                cluster,
                connector,
                new CompareLogins(
                        connector,
                        grants,
                        requests,
                        setRight,
                        mock(Strays.class),
                        mock(PlatformTransactionManager.class)),
                itself,
                discrepancies,
                mock(OutOfReach.class));
    }

    private static Grant grant(String system) {
        UUID id = UUID.randomUUID();
        return new Grant(
                id, "drawbridge_" + id, "logs", new Place(system, "r", null, false), NOON, NOON.plusSeconds(60));
    }

    @Test
    void looksAtTheNextTargetWhateverOneAnswers() {
        for (RuntimeException failure : new RuntimeException[] {
            new ConnectorException("no"),
            new TargetUnreachable("gone", new IllegalStateException()),
            new DataAccessResourceFailureException("the record does not answer")
        }) {
            doThrow(failure).when(connector).inventory(anyString(), any());
            reconciliation.reconcile();
        }

        verify(connector, times(3)).inventory(eq("one"), any());
        verify(connector, times(3)).inventory(eq("two"), any());
        verify(discrepancies, never()).settled(any(), anyString());
    }

    @Test
    void looksAtTheNextLoginAndSettlesNothingOfTheOneThatItCouldNotLookInto() {
        when(connector.systems()).thenReturn(Set.of("one"));
        Grant bad = grant("one");
        Grant good = grant("one");
        when(grants.confirmedOn(any(), any(), anyInt())).thenReturn(List.of(bad, good));
        doThrow(new CannotAcquireLockException("busy")).when(setRight).setRight(bad.requestId());
        Discrepancy ofBad = open(bad);
        Discrepancy ofGood = open(good);
        when(discrepancies.open()).thenReturn(List.of(ofBad, ofGood));

        reconciliation.reconcile();

        verify(setRight).setRight(good.requestId());
        verify(discrepancies, never()).settled(eq(ofBad), anyString());
        verify(discrepancies).settled(ofGood, "It was seen no more.");
    }

    private static Discrepancy open(Grant grant) {
        return new Discrepancy(
                UUID.randomUUID(),
                "one",
                grant.principal(),
                grant.requestId(),
                Discrepancy.Kind.WIDENED,
                "It may do more.",
                null,
                NOON);
    }

    @Test
    void startsAlthoughNoTargetAnswers() {
        TargetReadiness readiness = mock(TargetReadiness.class);
        when(readiness.missing(anyString(), any())).thenThrow(new ConnectorException("not there"));
        TargetsSeen targets = new TargetsSeen(
                connector, readiness, mock(Offer.class), mock(CatalogFindings.class), mock(TaskScheduler.class));

        assertThatCode(targets::look).doesNotThrowAnyException();

        verify(readiness).missing(eq("one"), any());
        verify(readiness).missing(eq("two"), any());
    }
}
