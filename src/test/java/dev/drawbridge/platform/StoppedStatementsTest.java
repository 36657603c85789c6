package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testing.DrawbridgeTest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DrawbridgeTest
class StoppedStatementsTest {
    @Autowired
    DataSource database;

    @Test
    void saysInASentenceThatAStatementTookTooLongWhateverTheCodeThatMetItSays() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        new PeoplesTurn().doFilter(new MockHttpServletRequest("GET", "/engine-rest/task"), response, (call, answer) -> {
            try (Connection people = database.getConnection();
                    Statement statement = people.createStatement()) {
                statement.execute("set statement_timeout = 50");
                assertThatThrownBy(() -> statement.execute("select pg_sleep(60)"))
                        .isInstanceOf(SQLException.class);
                statement.execute("set statement_timeout = '10s'");
            } catch (SQLException failed) {
                throw new AssertionError(failed);
            }
            ((HttpServletResponse) answer).setStatus(500);
            answer.getWriter().write("### SQL: select pg_sleep(60)");
        });

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentType()).startsWith("application/problem+json");
        assertThat(response.getContentAsString())
                .contains("Please ask for less")
                .doesNotContain("pg_sleep");
    }

    @Test
    void countsWhatACallHandsOverToAnotherThreadAsThatPersons() {
        PeoplesThread.begin();
        boolean[] peoples = new boolean[1];
        Runnable handedOver =
                new PeoplesTurn.First().peoplesTasks().decorate(() -> peoples[0] = PeoplesThread.isThis());
        PeoplesThread.end();
        handedOver.run();

        assertThat(peoples[0]).isTrue();
        assertThat(PeoplesThread.isThis()).isFalse();
    }
}
