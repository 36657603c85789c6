package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountIdsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "engineer",
                "process-owner",
                "erin.engineer@example.org",
                "erin+ops@example.org",
                "o'neil@example.org",
                "_svc@example.org",
                "a!#$%&'*+/=?^_`{|}~-b@example.org",
                "jürgen.müller@example.org",
                "用户@例子.广告",
                "7"
            })
    void takesWhatMailAddressesMayHold(String id) {
        assertThat(id).matches(AccountIds.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                ".",
                "..",
                "+",
                "a b",
                "a,b",
                "a;b",
                "a\"b",
                "a\nb",
                "a\n",
                "a\u202eb",
                "a\u200bb",
                "a\\b",
                "<a>",
                "a(b)"
            })
    void refusesWhatPartsOneIdFromTheNextOrMeansEverybody(String id) {
        assertThat(id).doesNotMatch(AccountIds.PATTERN);
    }
}
