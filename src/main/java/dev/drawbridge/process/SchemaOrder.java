package dev.drawbridge.process;

import org.camunda.bpm.engine.ProcessEngine;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Our migrations come after the engine has made its tables, since some add an index or a trigger to those. */
@Configuration(proxyBeanMethods = false)
class SchemaOrder {
    @Bean
    FlywayMigrationStrategy afterTheEngine(ProcessEngine engine) {
        return Flyway::migrate;
    }
}
