package dev.drawbridge.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Works on a few calls of each person at once, lets a few more wait, and turns the rest away: one cannot take it all. */
class FairShares extends OncePerRequestFilter {
    private static final int AT_ONCE = 6;
    private static final int WITH_THOSE_WHO_WAIT = 18;
    private static final int PATIENCE_SECONDS = 5;

    private final Map<String, Share> shares = new ConcurrentHashMap<>();
    /** Large bodies, one after the other, for all senders together. */
    private final Share deployments = new Share(1, 4);

    /** Room for some calls at once. */
    private static final class Share {
        private final Semaphore turns;
        private final int most;
        private final AtomicInteger present = new AtomicInteger();

        Share(int atOnce, int most) {
            this.turns = new Semaphore(atOnce, true);
            this.most = most;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> person = CurrentSignIn.find().map(SignIn::person);
        if (person.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Share own = shares.compute(person.get(), (id, share) -> {
            Share known = share == null ? new Share(AT_ONCE, WITH_THOSE_WHO_WAIT) : share;
            known.present.incrementAndGet();
            return known;
        });
        try {
            if (BoundedBodies.isDeployment(request)) {
                inTurn(own, request, response, (call, answer) -> {
                    deployments.present.incrementAndGet();
                    try {
                        inTurn(deployments, request, response, chain);
                    } finally {
                        deployments.present.decrementAndGet();
                    }
                });
            } else {
                inTurn(own, request, response, chain);
            }
        } finally {
            shares.computeIfPresent(person.get(), (id, share) -> share.present.decrementAndGet() == 0 ? null : share);
        }
    }

    private static void inTurn(Share share, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (share.present.get() > share.most || !waited(share)) {
            response.setHeader("Retry-After", "1");
            Problem.write(
                    request,
                    response,
                    Refusal.Kind.THROTTLED.status(),
                    "too-many-at-once",
                    "Too much is asked for at once. Wait until your other calls are answered, then try again.");
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            share.turns.release();
        }
    }

    private static boolean waited(Share share) {
        try {
            return share.turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AfterSignIn {
        @Bean
        FilterRegistrationBean<FairShares> fairShares() {
            FilterRegistrationBean<FairShares> filter = new FilterRegistrationBean<>(new FairShares());
            filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
            return filter;
        }
    }
}
