package dev.drawbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailPropertiesTest {
    @ParameterizedTest
    @CsvSource({
        "https://drawbridge.example.org, https://drawbridge.example.org",
        "https://drawbridge.example.org/, https://drawbridge.example.org",
        "https://example.org/drawbridge//, https://example.org/drawbridge",
        "'https://example.org/ ', https://example.org"
    })
    void takesAPublicUrlWithASlashAtItsEnd(String written, String used) {
        assertThat(new MailProperties("drawbridge@localhost", written).publicUrl())
                .isEqualTo(used);
    }
}
