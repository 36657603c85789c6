package dev.drawbridge.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Which nodes run, and of what they do not run the same. Always up: they differ for a while whenever one after the other is
 * started anew, and each serves all the same.
 */
@Component("nodes")
class NodesHealth implements HealthIndicator {
    private final RunningNodes nodes;

    NodesHealth(RunningNodes nodes, MeterRegistry registry) {
        this.nodes = nodes;
        Gauge.builder("drawbridge.nodes", nodes, now -> now.running().size())
                .description("Nodes that run on this database")
                .register(registry);
        Gauge.builder(
                        "drawbridge.nodes.differing",
                        nodes,
                        now -> RunningNodes.differing(now.running()).size())
                .description("Of how much not all nodes run the same: release, publication")
                .register(registry);
    }

    @Override
    public Health health() {
        Map<String, Map<String, String>> running = nodes.running();
        List<String> differing = RunningNodes.differing(running).stream()
                .map(part -> "Not all nodes run the same " + part + ".")
                .toList();
        return Health.up()
                .withDetail("differing", differing)
                .withDetail("running", running)
                .build();
    }
}
