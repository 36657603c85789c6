package dev.drawbridge.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Knows when a step that failed is worth another try, where that is not for the process to say. */
public interface TryAgain {
    /** The pauses before each try that is left, the next one first; none where the process says how often it is tried. */
    Optional<List<Duration>> pauses(String processInstanceId, Throwable failed);
}
