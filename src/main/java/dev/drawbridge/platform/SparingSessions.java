package dev.drawbridge.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The sessions that the database keeps, read once a call and written only where something has changed. Spring Session would
 * write at the end of each call that the session was used, and then read it again to see whether the browser needs its cookie
 * anew.
 */
class SparingSessions<S extends Session> implements FindByIndexNameSessionRepository<SparingSession> {
    private final FindByIndexNameSessionRepository<S> sessions;
    private final TransactionOperations transactions;
    private final ThreadLocal<@Nullable SparingSession> justSaved = new ThreadLocal<>();

    /** {@code transactions}: for what is written; a session is read by one statement. */
    SparingSessions(FindByIndexNameSessionRepository<S> sessions, TransactionOperations transactions) {
        this.sessions = sessions;
        this.transactions = transactions;
    }

    @Override
    public SparingSession createSession() {
        return SparingSession.made(sessions.createSession());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void save(SparingSession session) {
        if (session.isToBeWritten()) {
            transactions.executeWithoutResult(status -> sessions.save((S) session.kept()));
            session.written();
        }
        justSaved.set(session);
    }

    @Override
    public @Nullable SparingSession findById(String id) {
        SparingSession saved = justSaved.get();
        justSaved.remove();
        if (saved != null && saved.getId().equals(id)) {
            return saved;
        }
        S found = sessions.findById(id);
        return found == null ? null : SparingSession.found(found);
    }

    @Override
    public void deleteById(String id) {
        justSaved.remove();
        sessions.deleteById(id);
    }

    @Override
    public Map<String, SparingSession> findByIndexNameAndIndexValue(String index, String value) {
        return sessions.findByIndexNameAndIndexValue(index, value).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, found -> SparingSession.found(found.getValue())));
    }

    /** Around each call: what one has saved is nothing to the next, which reads for itself. */
    OncePerRequestFilter aroundACall() {
        return new OncePerRequestFilter() {
            @Override
            protected boolean shouldNotFilterErrorDispatch() {
                return false;
            }

            @Override
            protected boolean shouldNotFilterAsyncDispatch() {
                return false;
            }

            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                try {
                    chain.doFilter(request, response);
                } finally {
                    justSaved.remove();
                }
            }
        };
    }
}
