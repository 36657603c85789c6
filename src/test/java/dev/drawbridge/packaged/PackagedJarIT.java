package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/** Not everything behaves in a jar as it does in a build. */
class PackagedJarIT {
    private static final String ASK =
            "{\"entitlement\":\"app-logs-read\",\"duration\":\"PT1H\",\"justification\":\"A look at the logs\"}";

    @Test
    void goesOnWhereAKilledOneLeftOff() throws Exception {
        RunningJar drawbridge = RunningJar.start();
        try {
            String answer = drawbridge.call("engineer", "POST", "/api/v1/access-requests", ASK);
            assertThat(answer).contains("\"outcome\":\"ALLOWED\"");
            String id = answer.replaceAll("(?s)^\\{\"id\":\"([^\"]+)\".*", "$1");
            awaitState(drawbridge, id, "ACTIVE");

            drawbridge.kill();
            drawbridge.launch();

            assertThat(drawbridge.call("engineer", "GET", "/api/v1/access-requests/" + id, ""))
                    .contains("\"state\":\"ACTIVE\"");
            assertThat(drawbridge.call("engineer", "POST", "/api/v1/access-requests/" + id + "/credentials", ""))
                    .contains("postgresql://drawbridge_");
            drawbridge.call("engineer", "POST", "/api/v1/access-requests/" + id + "/return", "");
            awaitState(drawbridge, id, "ENDED");
        } finally {
            drawbridge.close();
        }
    }

    private static void awaitState(RunningJar drawbridge, String id, String state) throws Exception {
        String seen = "";
        for (int tries = 0; tries < 300 && !seen.contains("\"state\":\"" + state + "\""); tries++) {
            seen = drawbridge.call("engineer", "GET", "/api/v1/access-requests/" + id, "");
        }
        assertThat(seen).contains("\"state\":\"" + state + "\"");
    }

    @Test
    void stopsWithFileLineAndASentenceAtARuleThatIsWrong() throws Exception {
        RunningJar drawbridge = RunningJar.prepare();
        Path rule = drawbridge.folder().resolve("rules/tickets/production-changes-need-a-ticket.drl");
        Files.writeString(rule, Files.readString(rule).replace("guardrail.deny();", "System.exit(0);"));

        String output = drawbridge.run();

        assertThat(output)
                .contains("rules/tickets/production-changes-need-a-ticket.drl, line ")
                .contains("'System' is more than a rule may do")
                .doesNotContain("Drawbridge is ready", "\tat dev.drawbridge");
    }

    @Test
    void usesAnotherPostgresqlWhereOneIsConfiguredWithItsFirstAdministratorAndNoDemoAccounts() throws Exception {
        try (RunningJar database = RunningJar.start()) {
            try (Connection superuser = DriverManager.getConnection(
                            database.jdbcUrl("postgres"), "postgres", database.superuserPassword());
                    var statement = superuser.createStatement()) {
                statement.execute("create role external login password 'external'");
                statement.execute("create database external owner external");
            }
            try (RunningJar drawbridge = RunningJar.start(
                    "--spring.datasource.url=" + database.jdbcUrl("external"),
                    "--spring.datasource.username=external",
                    "--spring.datasource.password=external",
                    "--camunda.bpm.admin-user.id=root",
                    "--camunda.bpm.admin-user.password=root")) {
                assertThat(drawbridge.folder().resolve("data")).doesNotExist();
                assertThat(drawbridge.call("engineer", "GET", "/api/v1/catalog", ""))
                        .doesNotContain("app-logs-read");
                assertThat(drawbridge.call("root", "GET", "/engine-rest/user", ""))
                        .contains("\"id\":\"root\"")
                        .doesNotContain("\"id\":\"engineer\"");
                assertThat(drawbridge.call("root", "GET", "/sign-in", "")).doesNotContain("Demo accounts");
            }
        }
    }
}
