package dev.drawbridge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The steps of a start, as Spring records them: of each its own time, without that of the steps within it. */
final class StartSteps {
    private static final String STEP = "org.springframework.core.metrics.jfr.FlightRecorderStartupEvent";

    record Step(String name, double seconds) {}

    private StartSteps() {}

    static List<Step> longest(Path recording, int most) throws IOException {
        List<RecordedEvent> steps = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals(STEP))
                .toList();
        Map<Long, Double> within = new HashMap<>();
        for (RecordedEvent step : steps) {
            within.merge(step.getLong("parentId"), seconds(step), Double::sum);
        }
        Map<String, Double> own = new HashMap<>();
        for (RecordedEvent step : steps) {
            double rest = seconds(step) - within.getOrDefault(step.getLong("eventId"), 0.0);
            own.merge(name(step), rest, Double::sum);
        }
        return own.entrySet().stream()
                .map(entry -> new Step(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble(Step::seconds).reversed())
                .limit(most)
                .toList();
    }

    private static double seconds(RecordedEvent step) {
        return step.getDuration().toNanos() / 1e9;
    }

    private static String name(RecordedEvent step) {
        String tags = step.getString("tags");
        String bean = tags == null
                ? ""
                : tags.replaceAll(".*beanName=([^,]*).*", "$1").replaceAll(",$", "");
        return step.getString("name").replaceFirst("^spring\\.", "") + (bean.isBlank() ? "" : " " + bean);
    }
}
