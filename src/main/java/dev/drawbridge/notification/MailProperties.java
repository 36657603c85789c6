package dev.drawbridge.notification;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Mail is off until {@code spring.mail.host} names a server.
 *
 * @param from the address that it comes from
 * @param publicUrl where people reach this server; a slash at its end is left out
 */
@ConfigurationProperties("drawbridge.mail")
record MailProperties(
        @DefaultValue("drawbridge@localhost") String from,
        @DefaultValue("http://localhost:8080") String publicUrl) {

    MailProperties {
        // Paths begin with a slash: with two of them a link leads nowhere.
        publicUrl = StringUtils.trimTrailingCharacter(publicUrl.strip(), '/');
    }
}
