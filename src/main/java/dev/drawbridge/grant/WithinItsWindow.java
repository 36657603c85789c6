package dev.drawbridge.grant;

import dev.drawbridge.process.TryAgain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What a target does not give is tried again for as long as its window lasts: soon at first, then after growing pauses, of
 * which even the longest leaves room for ten tries. After the window the grant door says that it is too late.
 */
@Component
class WithinItsWindow implements TryAgain {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int FEWEST = 10;
    private static final int MOST = 300;

    private final Grants grants;

    WithinItsWindow(Grants grants) {
        this.grants = grants;
    }

    @Override
    public Optional<List<Duration>> pauses(String processInstanceId, Throwable failed) {
        boolean isTheTargets = Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .limit(50)
                .anyMatch(ConnectorException.class::isInstance);
        return isTheTargets
                ? grants.beingSetUpBy(processInstanceId)
                        .map(grant -> left(
                                pauses(Duration.between(grant.startedAt(), grant.expiresAt())),
                                grants.failures(grant.requestId())))
                : Optional.empty();
    }

    /** Behind so many that have failed, the last of them just now; one more at least, so that the door says when it is over. */
    private static List<Duration> left(List<Duration> pauses, int failures) {
        return pauses.subList(Math.min(Math.max(failures - 1, 0), pauses.size() - 1), pauses.size());
    }

    static List<Duration> pauses(Duration window) {
        Duration longest = longer(shorter(window.dividedBy(FEWEST), LONGEST), window.dividedBy(MOST));
        List<Duration> pauses = new ArrayList<>();
        Duration sum = Duration.ZERO;
        for (Duration pause = shorter(FIRST, longest);
                sum.compareTo(window) < 0;
                pause = shorter(pause.multipliedBy(2), longest)) {
            pauses.add(longer(pause, Duration.ofSeconds(1)));
            sum = sum.plus(longer(pause, Duration.ofSeconds(1)));
        }
        return pauses;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
