package dev.drawbridge.process;

import dev.drawbridge.platform.CannotStart;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Our migrations come after the engine has made its tables, since some add an index or a trigger to those. */
@Configuration(proxyBeanMethods = false)
class SchemaOrder {
    private static final Set<MigrationState> FUTURE =
            Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    @Bean
    FlywayMigrationStrategy afterTheEngine(ProcessEngine engine) {
        return flyway -> {
            requireNoNewer(flyway);
            flyway.migrate();
        };
    }

    /** It would make anew, in its own way, what is derived from the facts, and a newer node beside it could end no access. */
    static void requireNoNewer(Flyway flyway) {
        Optional<MigrationVersion> newest = Arrays.stream(flyway.info().all())
                .filter(migration -> FUTURE.contains(migration.getState()))
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .max(MigrationVersion::compareTo);
        newest.ifPresent(version -> {
            throw new CannotStart(
                    "This release is older than the database: a newer one has changed it (to version " + version + ").",
                    "Start the newer release; or restore the backup from before, with this one.");
        });
    }
}
