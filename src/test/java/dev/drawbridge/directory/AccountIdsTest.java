package dev.drawbridge.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "system@example.org",
                "systems",
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
                "a(b)",
                "system",
                "System"
            })
    void refusesWhatPartsOneIdFromTheNextOrMeansEverybodyOrTheProduct(String id) {
        assertThat(id).doesNotMatch(AccountIds.PATTERN);
    }

    @ParameterizedTest
    @CsvSource({
        "erin, Erin",
        "stra\u00dfe@example.org, STRASSE@example.org",
        "j\u00fcrgen, ju\u0308rgen",
        "\u03c3\u03c2, \u03a3\u03a3",
        "\uff45\uff52\uff49\uff4e, erin"
    })
    void countsSpellingsOfOneIdAsOnePerson(String id, String other) {
        assertThat(AccountIds.isOne(id, other)).isTrue();
        assertThat(AccountIds.isOne(other, id)).isTrue();
    }

    @Test
    void countsDifferentIdsAsDifferentPeople() {
        assertThat(AccountIds.isOne("erin", "erin2")).isFalse();
        assertThat(AccountIds.isOne("erin", null)).isFalse();
    }
}
