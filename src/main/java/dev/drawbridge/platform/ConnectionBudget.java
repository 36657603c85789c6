package dev.drawbridge.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the connections to the database are shared out.
 *
 * @param people how many answer people's calls
 * @param obligations how many are kept for granting, ending access and everything else that nobody waits for at a door
 * @param patience how long a person's call waits for a connection
 * @param longestStatement how long one statement of a person's call may take
 */
@ConfigurationProperties("drawbridge.connections")
record ConnectionBudget(
        @DefaultValue("14") int people,
        @DefaultValue("20") int obligations,
        @DefaultValue("PT5S") Duration patience,
        @DefaultValue("PT10S") Duration longestStatement) {}
