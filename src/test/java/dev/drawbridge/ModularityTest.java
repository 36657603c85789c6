package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
    private final ApplicationModules modules = ApplicationModules.of(DrawbridgeApplication.class);

    @Test
    void packagesLookUpstreamOnly() {
        modules.verify();
    }

    @Test
    void packagesAreThoseOfTheDesign() {
        assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
                .containsExactlyInAnyOrder(
                        "platform",
                        "directory",
                        "process",
                        "publication",
                        "catalog",
                        "request",
                        "guardrails",
                        "deputies",
                        "approval",
                        "grant",
                        "revocation",
                        "audit",
                        "notification",
                        "console",
                        "cli");
    }
}
