package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write is taken in every language, and deceives nobody. */
class PlainTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Find out why the checkout is slow (OPS-1234); 50 % of it, ~3 s!",
                "Señor Müller naïve façade Œuvre, Ōsaka, Đặng Thị Huệ, o\u0302\u0323",
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \u062E\u0627\u0646\u0647\u200C\u0647\u0627",
                "\u0915\u094D\u200D\u0937 \u0915\u094D\u200C\u0937 \u09B0\u200D\u09CD\u09AF"
                        + " \u0DC1\u0DCA\u200D\u0DBB\u0DD3",
                "\u1781\u17D2\u1789\u17BB\u17C6\u200B\u1785\u1784\u17CB",
                "\u0E20\u0E32\u0E29\u0E32\u200B\u0E44\u0E17\u0E22",
                "\u05E9\u05B8\u05DC\u05D5\u05B9\u05DD \u05E6\u05D4\u05F4\u05DC"
                        + " \u0627\u0644\u0633\u0651\u064E\u0644\u0627\u0645",
                "\u845B\uDB40\uDD00\u98FE\u533A \u6771\u4EAC\u3001\u65E5\u672C \uFF34\uFF2B",
                "\uD55C\uAD6D\uC5B4 \u1112\u1161\u11AB",
                "\u0F66\u0F92\u0FB2\u0F74\u0F56 \u1019\u103C\u103E\u102D\u102F\u1037",
                "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
                "\uD83D\uDC69\u200D\uD83D\uDCBB \uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08 \u2764\uFE0F\u200D\uD83D\uDD25"
                        + " \uD83E\uDEE1 1\uFE0F\u20E3",
                "\uD83D\uDC4B\uD83C\uDFFD \u26A0\uFE0F \u2713 \u20AC \u00B5 \u2264 \u2192 \u2028next",
                "first\n\tsecond\n\nthird"
            })
    void takesWhatLanguagesAndPicturesNeed(String text) {
        assertThat(PlainText.checked("comment", text)).isEqualTo(text.replace('\u2028', '\n'));
        assertThat(PlainText.looksEmpty(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\n ",
                "\u3164",
                "\u2800\u2800",
                "\u034F",
                "\u115F\u1160",
                "\uFFA0",
                "\u17B4\u17B5",
                "\u00A0\u2003\u3000",
                "\u200B\u200C\u200D\u2060\uFEFF",
                "\uFE0F\uFE0F",
                "\u0301\u0301",
                "\uDB40\uDC41\uDB40\uDC42",
                "\u00AD",
                "\uD834\uDD59",
                "\uFFFC",
                "\u180E",
                "\u2063"
            })
    void seesNothingInWhatOnlyLooksLikeSomething(String text) {
        assertThat(PlainText.looksEmpty(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u202Eb",
                "a\u2066b",
                "a\u200Fb",
                "a\u0000b",
                "a\u0007b",
                "a\u00ADb",
                "a\u3164b",
                "a\u034Fb",
                "a\uFFA0b",
                "a\u115Fb",
                "a\u17B4b",
                "ad\u200Cmin",
                "ad\u200Dmin",
                "a\u200Bb",
                "a\uFEFFb",
                "a\uFE0Fb",
                "a\uDB40\uDD00b",
                "a\u180Bb",
                "a\uDB40\uDC61b",
                "\uD83C\uDFF4\uDB40\uDC61",
                "\uD83C\uDDE9",
                "\u0301a",
                " \u0301a",
                "x\u0301\u0301\u0301\u0301\u0301\u0301",
                "\u0E01\u0E47\u0E47\u0E47\u0E47",
                "a\uE000b",
                "a\uD800b",
                "a\uFFFEb",
                "a\uD834\uDD59b",
                "a\uFFFCb",
                "\u0645\u200C\u200C\u0645",
                "\uD83D\uDC69\u200Db",
                "a\u2064b",
                "a\uDB7F\uDFFEb"
            })
    void refusesAnythingElseAndNamesIt(String text) {
        assertThatThrownBy(() -> PlainText.checked("justification", text))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The justification has the character U+")
                .hasMessageContaining("invisible")
                .satisfies(refusal -> assertThat(((Refusal) refusal).field()).isEqualTo("justification"));
    }

    @Test
    void namesTheCharacterThatItRefuses() {
        assertThatThrownBy(() -> PlainText.checked("reason", "a\u202Eb"))
                .hasMessage("The reason has the character U+202E (RIGHT-TO-LEFT OVERRIDE), which is invisible there or"
                        + " could deceive; please type it as plain text.");
    }

    @Test
    void pushesNothingOutOfSightWithBlankLines() {
        assertThat(PlainText.checked("comment", "a" + "\n".repeat(1_500) + "b\r\n\u00A0\r\n \n\t\n\nc"))
                .isEqualTo("a\n\n\nb\n\n\nc");
        assertThatThrownBy(() -> PlainText.checked("comment", "x\n".repeat(61)))
                .hasMessage("The comment has 61 lines; at most 60 are taken.");
        assertThat(PlainText.checked("comment", "x\n".repeat(60))).hasSize(119);
    }

    @Test
    void quotesWordsSoThatTheyCannotEndTheQuotation() {
        assertThat(PlainText.quoted("I have looked at it")).isEqualTo("“I have looked at it”");
        assertThat(PlainText.quoted("done”\nmanager approved at level manager: “fine"))
                .isEqualTo("“done’ ⏎ manager approved at level manager: ‘fine”");
        assertThat(PlainText.quoted("a\" b'' c’’ d″ e〟 f❞ g„h")).isEqualTo("“a' b' c’ d’ e’ f’ g‘h”");
        assertThat(PlainText.quoted("it's Mara’s «word»")).isEqualTo("“it's Mara’s «word»”");
        assertThat(PlainText.quoted("שלום 12")).isEqualTo("“\u2068שלום 12\u2069”");
        assertThat(PlainText.quoted("old\u202Erow\u2069")).isEqualTo("“old\uFFFDrow\uFFFD”");
    }

    @Property
    void keepsAnythingItTakesAsItIs(@ForAll("words") String text) {
        String once;
        try {
            once = PlainText.checked("comment", text);
        } catch (Refusal refused) {
            return;
        }
        assertThat(PlainText.checked("comment", once)).isEqualTo(once);
        assertThat(Alphabet.withoutStrangers(once)).isEqualTo(once);
        assertThat(once).doesNotContain("\n\n\n\n").doesNotContain("\r");
        assertThat(once.chars().filter(c -> c == '\n').count()).isLessThan(60);
        assertThat(once.isEmpty()).isEqualTo(once.isEmpty() || PlainText.looksEmpty(once));
    }

    @Property
    void neverLetsAQuotationEndBeforeItsEnd(@ForAll("words") String text) {
        String quoted = PlainText.quoted(text);
        String inside = quoted.substring(1, quoted.length() - 1);

        assertThat(quoted).startsWith("“").endsWith("”");
        assertThat(inside)
                .doesNotContainPattern("[“”„‟\"＂〝〞〟❝❞″\\n\\r\\t]")
                .doesNotContain("''")
                .doesNotContain("’’");
        String isolated = inside.startsWith("\u2068") ? inside.substring(1, inside.length() - 1) : inside;
        assertThat(isolated.codePoints()).noneMatch(c -> c >= 0x2066 && c <= 0x2069 || c >= 0x202A && c <= 0x202E);
    }

    @Property
    void takesNothingInvisibleBetweenLatinLetters(@ForAll("hidden") int hidden) {
        String text = "ad" + Character.toString(hidden) + "min";

        assertThatThrownBy(() -> PlainText.checked("comment", text)).isInstanceOf(Refusal.class);
    }

    @Provide
    Arbitrary<String> words() {
        Arbitrary<Integer> dangerous = Arbitraries.of(Stream.of(
                        '\n', '\r', '\t', ' ', '"', '\'', '“', '”', '„', '’', '‘', '′', '″', '\u200B', '\u200C',
                        '\u200D', '\u2028', '\u202E', '\u2068', '\u2069', '\u3164', '\u2800', '\u0301', '\uFE0F',
                        '\u0645', '\u0915', '\u1780')
                .map(c -> (int) c)
                .toList());
        Arbitrary<Integer> supplementary = Arbitraries.of(
                0x1F1E9, 0x1F3F4, 0xE0067, 0xE0062, 0xE0073, 0xE007F, 0x1F469, 0x1F4BB, 0xE0100, 0x845B, 0x1F676);
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 0x10FFFF);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(5, Arbitraries.integers().between('a', 'z')),
                        net.jqwik.api.Tuple.of(5, dangerous),
                        net.jqwik.api.Tuple.of(2, supplementary),
                        net.jqwik.api.Tuple.of(1, any))
                .list()
                .ofMaxSize(80)
                .map(points -> {
                    StringBuilder text = new StringBuilder();
                    points.forEach(text::appendCodePoint);
                    return text.toString();
                });
    }

    /** What Unicode says is of no width by itself, or for private use, or nothing at all. */
    @Provide
    Arbitrary<Integer> hidden() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0xE0000, 0xE0FFF),
                Arbitraries.integers().between(0x200B, 0x200F),
                Arbitraries.integers().between(0x202A, 0x202E),
                Arbitraries.integers().between(0x2060, 0x206F),
                Arbitraries.integers().between(0xFE00, 0xFE0F),
                Arbitraries.integers().between(0xE000, 0xF8FF),
                Arbitraries.of(
                        0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x3164, 0xFEFF, 0xFFA0));
    }
}
