package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.MapSession;
import org.springframework.transaction.support.TransactionOperations;

class SparingSessionsTest {
    private static final Instant SIGNED_IN = Instant.parse("2035-06-05T10:00:00Z");

    @SuppressWarnings("unchecked")
    private final FindByIndexNameSessionRepository<MapSession> database = mock(FindByIndexNameSessionRepository.class);

    private final SparingSessions<MapSession> sessions =
            new SparingSessions<>(database, TransactionOperations.withoutTransaction());
    private final MapSession kept = new MapSession("one");

    @BeforeEach
    void signIn() {
        kept.setLastAccessedTime(SIGNED_IN);
        when(database.findById("one")).thenReturn(kept);
    }

    /** As Spring Session does it: reads, notes that it is used, saves, and looks whether it is still there. */
    private void call(Duration afterSigningIn, boolean changes) {
        call(() -> {
            SparingSession session = sessions.findById("one");
            session.setLastAccessedTime(SIGNED_IN.plus(afterSigningIn));
            if (changes) {
                session.setAttribute("name", "value");
            }
            sessions.save(session);
            assertThat(sessions.findById("one")).isNotNull();
        });
    }

    private void call(Runnable what) {
        try {
            sessions.aroundACall()
                    .doFilter(
                            new MockHttpServletRequest(),
                            new MockHttpServletResponse(),
                            (request, response) -> what.run());
        } catch (IOException | ServletException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void readsASessionOnceACallAndWritesNothingWhereNothingChanges() {
        call(Duration.ofSeconds(59), false);

        verify(database, times(1)).findById("one");
        verify(database, never()).save(any());
    }

    @Test
    void writesOnceAMinuteThatASessionIsUsed() {
        for (int seconds = 0; seconds <= 120; seconds += 10) {
            call(Duration.ofSeconds(seconds), false);
        }

        verify(database, times(2)).save(kept);
        assertThat(kept.getLastAccessedTime()).isEqualTo(SIGNED_IN.plusSeconds(120));
    }

    @Test
    void writesAtOnceWhatHasChanged() {
        call(Duration.ofSeconds(1), true);

        verify(database, times(1)).save(kept);
        assertThat(kept.<String>getAttribute("name")).isEqualTo("value");
    }

    @Test
    void writesASessionThatIsMadeAndOneThatGetsAnotherId() {
        MapSession made = new MapSession("new");
        when(database.createSession()).thenReturn(made);
        SparingSession session = sessions.createSession();
        sessions.save(session);
        verify(database, times(1)).save(made);
        sessions.save(session);
        verify(database, times(1)).save(made);

        session.changeSessionId();
        sessions.save(session);
        verify(database, times(2)).save(made);
    }

    @Test
    void knowsNoSessionInTheNextCallThatAnotherNodeHasEnded() {
        call(() -> sessions.save(sessions.findById("one")));
        when(database.findById("one")).thenReturn(null);

        call(() -> assertThat(sessions.findById("one")).isNull());
    }

    @Test
    void knowsNoSessionThatHasEndedInThisCall() {
        call(() -> {
            sessions.save(sessions.findById("one"));
            sessions.deleteById("one");
            when(database.findById("one")).thenReturn(null);
            assertThat(sessions.findById("one")).isNull();
        });
        verify(database).deleteById("one");
    }
}
