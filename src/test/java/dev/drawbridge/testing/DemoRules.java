package dev.drawbridge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files under {@code rules/} and {@code processes/}, and changes to them that pass the gate. */
public final class DemoRules {
    public static final String LONG_LOGS = "rules/duration/low-longer-than-an-hour";
    public static final String SHORT_LOGS = "rules/automatic/low-up-to-an-hour";

    private DemoRules() {}

    /** A file, by its path. */
    public static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    /** Logs are automatic for two hours, and not one. */
    public static Parts twoHoursOfLogs() {
        Parts parts = new Parts();
        for (String guardrail : List.of(LONG_LOGS, SHORT_LOGS)) {
            parts.file(guardrail + ".drl", read(guardrail + ".drl").replace("PT1H", "PT2H"))
                    .file(
                            guardrail + ".cases.yaml",
                            read(guardrail + ".cases.yaml").replace("PT1H", "PT2H"));
        }
        return parts;
    }
}
