package dev.drawbridge.platform;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brings a PostgreSQL along where none is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${spring.datasource.url:}' == ''")
class EmbeddedPostgresConfiguration {
    @Bean
    EmbeddedPostgresServer embeddedPostgres(
            @Value("${drawbridge.data-directory:data}") Path dataDirectory,
            @Value("${drawbridge.embedded-postgres.port:15432}") int port) {
        return EmbeddedPostgresServer.start(dataDirectory, port);
    }

    // The data source depends on this bean, so it is closed before the server is.
    @Bean
    JdbcConnectionDetails embeddedConnection(EmbeddedPostgresServer server) {
        TargetAddress own = server.application();
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return own.username();
            }

            @Override
            public String getPassword() {
                return own.password();
            }

            @Override
            public String getJdbcUrl() {
                return own.url();
            }
        };
    }

    @Bean
    TargetAddress ordersTarget(EmbeddedPostgresServer server) {
        return server.orders();
    }
}
