package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ForwardedHeadersTest {
    @Test
    void startsOnlyWhereNotEverybodyIsBelieved() {
        assertThatThrownBy(() -> new ForwardedHeaders("FRAMEWORK")).isInstanceOf(CannotStart.class);
        assertThatCode(() -> new ForwardedHeaders("native")).doesNotThrowAnyException();
        assertThatCode(() -> new ForwardedHeaders("none")).doesNotThrowAnyException();
    }
}
