package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.CannotStart;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release and the database that it finds. */
class SchemaOrderTest {
    @TempDir
    Path release;

    private Flyway flyway(EmbeddedPostgres server, int upTo) throws IOException {
        Path migrations = Files.createDirectories(release.resolve("up-to-" + upTo));
        for (int version = 1; version <= upTo; version++) {
            Files.writeString(
                    migrations.resolve("V" + version + "__some.sql"), "create table t" + version + " (one int);");
        }
        return Flyway.configure()
                .dataSource(server.getPostgresDatabase())
                .locations("filesystem:" + migrations)
                .load();
    }

    @Test
    void refusesToStartOnADatabaseThatANewerReleaseHasChanged() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            flyway(server, 3).migrate();

            assertThatThrownBy(() -> SchemaOrder.requireNoNewer(flyway(server, 2)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("older than the database")
                    .hasMessageContaining("version 3");
        }
    }

    @Test
    void startsOnItsOwnAndOnAnOlderOne() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertThatCode(() -> SchemaOrder.requireNoNewer(flyway(server, 3))).doesNotThrowAnyException();
            flyway(server, 3).migrate();

            assertThatCode(() -> SchemaOrder.requireNoNewer(flyway(server, 3))).doesNotThrowAnyException();
            assertThatCode(() -> SchemaOrder.requireNoNewer(flyway(server, 4))).doesNotThrowAnyException();
        }
    }
}
