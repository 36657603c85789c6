package dev.drawbridge.console;

import dev.drawbridge.process.DemoAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says, once everything runs, where to go. */
@Component
class Announcement {
    private static final Logger log = LoggerFactory.getLogger(Announcement.class);
    private final ObjectProvider<DemoAccounts> demo;
    private final String address;

    /** {@code address}: the one that people know; empty where that is not said. */
    Announcement(ObjectProvider<DemoAccounts> demo, @Value("${drawbridge.public-url:}") String address) {
        this.demo = demo;
        this.address = address;
    }

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    void ready(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            log.info(
                    "Drawbridge is ready: {}{}",
                    address.isBlank() ? "http://localhost:" + web.getWebServer().getPort() : address,
                    demo.getIfAvailable() == null
                            ? ""
                            : "\n    Sign in as 'engineer' with the password 'engineer'; all demo accounts are on the sign-in page.\n");
        }
    }
}
