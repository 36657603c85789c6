package dev.drawbridge.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.platform.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
    private static final TicketNumbers TICKETS = new TicketNumbers(new RuleFiles(Path.of("rules")));
    private static final Instant NOW = Instant.parse("2035-06-05T10:00:00Z");

    private static Draft lasting(String duration) {
        return new Draft("app-logs-read", duration, "A reason", null, null, null);
    }

    private static Draft because(String justification) {
        return new Draft("app-logs-read", "PT1H", justification, null, null, null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, missing-duration",
                "'', missing-duration",
                "'  ', missing-duration",
                "PT0S, duration-not-positive",
                "PT-5M, duration-not-positive",
                "-PT5M, duration-not-positive",
                "one hour, invalid-duration",
                "P1M, invalid-duration",
                "P1Y, invalid-duration",
                "PT, invalid-duration",
                "3600, invalid-duration",
                "PT99999999999999999999H, invalid-duration",
                "PT9223372036854775807H, invalid-duration",
                "PT1H;DROP TABLE grants, invalid-duration"
            })
    void refusesADurationThatIsNone(String text, String code) {
        assertThatThrownBy(() -> lasting(text).parsedDuration()).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.field()).isEqualTo("duration");
            assertThat(refusal.sentence()).endsWith(".").hasSizeLessThan(200);
        });
    }

    @Property
    void takesEveryPositiveDurationAsItIs(@ForAll @LongRange(min = 1, max = 1_000_000_000L) long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        assertThat(lasting(duration.toString()).parsedDuration()).isEqualTo(duration);
    }

    @Property
    void answersAnyTextAtAllWithADurationOrARefusal(@ForAll String text) {
        try {
            assertThat(lasting(text).parsedDuration()).isPositive();
        } catch (Refusal refusal) {
            assertThat(refusal.field()).isEqualTo("duration");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void wantsAJustification(String text) {
        assertThatThrownBy(() -> because(text).checkedJustification()).hasMessageContaining("Say why");
    }

    @Test
    void refusesAJustificationOfTenThousandCharactersAndSaysTheLimit() {
        assertThatThrownBy(() -> because("x".repeat(10_000)).checkedJustification())
                .hasMessage("The justification has 10000 characters; at most 2000 are taken.");
    }

    @Test
    void keepsMarkupAsTheTextItIs() {
        String markup = "<script>alert(1)</script> & \"quotes\"";
        assertThat(because(markup).checkedJustification()).isEqualTo(markup);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve\u202eevorppa", "zero\u0000byte", "bell\u0007", "hidden\u200btext"})
    void refusesCharactersThatWouldShowAnApproverSomethingElse(String text) {
        assertThatThrownBy(() -> because(text).checkedJustification()).hasMessageContaining("invisible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPS-1", "ops-123", "#42", "4711", "ABC_D-9", " OPS-1 "})
    void takesTicketNumbers(String text) {
        assertThat(new Draft("x", "PT1H", "y", text, null, null).checkedTicket(TICKETS))
                .isEqualTo(text.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"see mail", "<b>OPS-1</b>", "OPS-", "-1", "OPS-1 OPS-2", "'; drop table x"})
    void refusesWhatIsNoTicketNumber(String text) {
        assertThatThrownBy(() -> new Draft("x", "PT1H", "y", text, null, null).checkedTicket(TICKETS))
                .hasMessageContaining("is not a ticket number")
                .hasMessageEndingWith(
                        "Write it like OPS-1234, CHG0040410, INC0012345, RITM0010001, #123, org/repo#123, AB#12345 or 1234.");
    }

    @ParameterizedTest
    @CsvSource({
        "2035-06-05T09:59:59Z, start-in-the-past",
        "1999-01-01T00:00:00Z, start-in-the-past",
        "2035-07-06T10:00:00Z, start-too-far",
        "tomorrow, invalid-start",
        "2035-06-05, invalid-start",
        "2035-02-30T10:00:00Z, invalid-start"
    })
    void refusesAStartThatCannotBe(String text, String code) {
        assertThatThrownBy(() -> new Draft("x", "PT1H", "y", null, text, null).parsedStart(NOW))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.field()).isEqualTo("startsAt");
                });
    }

    @Test
    void startsAtOnceWhereNoStartIsGiven() {
        assertThat(lasting("PT1H").parsedStart(NOW)).isNull();
        assertThat(new Draft("x", "PT1H", "y", null, " ", null).parsedStart(NOW))
                .isNull();
    }
}
