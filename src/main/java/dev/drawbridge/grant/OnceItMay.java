package dev.drawbridge.grant;

import dev.drawbridge.process.TryAgain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What is not given yet is tried again for as long as it takes, and uses no try up. */
@Component
class OnceItMay implements TryAgain {
    private static final int DEEPEST = 50;
    private static final Optional<List<Duration>> EACH_MINUTE =
            Optional.of(List.of(Duration.ofMinutes(1), Duration.ofMinutes(1)));

    @Override
    public Optional<List<Duration>> pauses(String processInstanceId, Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                        .limit(DEEPEST)
                        .anyMatch(NotYet.class::isInstance)
                ? EACH_MINUTE
                : Optional.empty();
    }
}
