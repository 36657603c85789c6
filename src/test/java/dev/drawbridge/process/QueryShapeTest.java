package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryShapeTest {
    private static Optional<String> tooMuch(String json) throws IOException {
        return QueryShape.tooMuch(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void letsThroughWhatTasklistAsks() throws IOException {
        String conditions = "\"taskVariables\":[{\"name\":\"a\",\"operator\":\"eq\",\"value\":1}]";
        String either = "\"orQueries\":[{\"nameLike\":\"a\"},{\"nameLike\":\"b\"}]";
        assertThat(tooMuch("{" + conditions + "," + either + "}")).isEmpty();
        assertThat(tooMuch("{\"variables\":{\"decision\":{\"value\":\"approve\"}}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"orQueries\":[{},{},{},{},{}]}",
                "{\"or\\u0051ueries\":[{},{},{},{},{}]}",
                "{\"orQueries\":[],\"orQueries\":[{},{},{},{},{}]}",
                "{\"orQueries\":[{\"orQueries\":[{}]}]}",
                "{\"query\":{\"orQueries\":[{\"x\":{\"orQueries\":[]}}]}}",
                "[[[[[[[[[[[[[1]]]]]]]]]]]]]"
            })
    void refusesMoreThanTheEngineAnswersHoweverItIsWritten(String json) throws IOException {
        assertThat(tooMuch(json)).isPresent();
        assertThat(QueryShape.tooMuch(json.getBytes(Charset.forName("UTF-16BE"))))
                .isPresent();
    }

    @Test
    void refusesManyPartsWithoutAnyList() throws IOException {
        StringBuilder many = new StringBuilder("{\"a\":1");
        for (int part = 0; part < 3_000; part++) {
            many.append(",\"a").append(part).append("\":1");
        }
        assertThat(tooMuch(many.append("}").toString())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1]", "nothing", "{'a':1}", "// x\n{}"})
    void takesNothingForJsonThatIsNone(String text) {
        assertThatThrownBy(() -> tooMuch(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void putsOneBoundOnTheLinesFirst() {
        assertThat(QueryParameters.of(null).bounded()).isEqualTo("maxResults=500");
        assertThat(QueryParameters.of("a=b&maxResults=15").bounded()).isEqualTo("maxResults=15&a=b");
        assertThat(QueryParameters.of("maxResults=99999&%6DaxResults=88888&maxResults")
                        .bounded())
                .startsWith("maxResults=")
                .doesNotContain("99999", "88888", "&");
        assertThat(QueryParameters.of("maxResults=-1").bounded()).isEqualTo("maxResults=0");
    }
}
