package dev.drawbridge.audit.log;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log as it is kept here: in the database, and in a folder beside it. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {
    private static final int AT_A_TIME = 5_000;

    @Bean
    LogFolder logFolder(AuditLogSettings settings, @Value("${drawbridge.data-directory:data}") Path data) {
        return new LogFolder(settings.directory() == null ? data.resolve("audit-log") : Path.of(settings.directory()));
    }

    /** On connections that no call can use up, and none of its statements is part of what a call says. */
    @Bean
    LogStore logStore(@Qualifier("obligationsConnections") HikariDataSource database) {
        return new LogStore(JdbcClient.create(database));
    }

    @Bean
    Sealer sealer(
            @Qualifier("obligationsConnections") HikariDataSource database,
            LogFolder folder,
            AuditLogSettings settings,
            Clock clock) {
        return new Sealer(database, folder, newKey(settings), clock, AT_A_TIME);
    }

    private static Supplier<SignerKey> newKey(AuditLogSettings settings) {
        return () -> {
            byte[] random = new byte[4];
            new SecureRandom().nextBytes(random);
            String origin = settings.origin() == null
                    ? "drawbridge/audit-log/" + HexFormat.of().formatHex(random)
                    : settings.origin().strip();
            if (!VerifierKey.isName(origin)) {
                throw new CannotSeal("drawbridge.audit-log.origin must be a name without spaces and plus signs.");
            }
            return SignerKey.make(origin, VerifierKey.LOG);
        };
    }
}
