package dev.drawbridge.audit.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One way to write a JSON value: as RFC 8785 says (no spaces, members in the order of their names' UTF-16, what need not be escaped is
 * not), but for numbers, which are written out in full with the digits that they have.
 */
final class CanonicalJson {
    private static final int LONGEST = 64 * 1024 * 1024;
    private static final int MOST_DIGITS = 1_000;

    /** Reads numbers as they are written, and no object that says the same twice. */
    static final ObjectMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private CanonicalJson() {}

    static JsonNode read(String json) throws JsonProcessingException {
        return READER.readTree(json);
    }

    static String write(JsonNode value) {
        StringBuilder text = new StringBuilder(256);
        write(value, text);
        return text.toString();
    }

    static void write(JsonNode value, StringBuilder text) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value, text);
            case ARRAY -> {
                text.append('[');
                for (int place = 0; place < value.size(); place++) {
                    separate(place, text);
                    write(value.get(place), text);
                }
                text.append(']');
            }
            case STRING -> string(value.textValue(), text);
            case NUMBER -> text.append(number(value.decimalValue()));
            case BOOLEAN -> text.append(value.booleanValue());
            default -> text.append("null");
        }
    }

    private static void object(JsonNode value, StringBuilder text) {
        List<String> names = new ArrayList<>(value.size());
        value.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        text.append('{');
        for (int place = 0; place < names.size(); place++) {
            separate(place, text);
            string(names.get(place), text);
            text.append(':');
            write(value.get(names.get(place)), text);
        }
        text.append('}');
    }

    private static void separate(int place, StringBuilder text) {
        if (place > 0) {
            text.append(',');
        }
    }

    private static String number(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal bare = value.stripTrailingZeros();
        if (bare.precision() > MOST_DIGITS || Math.abs(bare.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException("A number of so many digits is none of ours");
        }
        return bare.toPlainString();
    }

    static void string(String value, StringBuilder text) {
        text.append('"');
        for (int place = 0; place < value.length(); place++) {
            char sign = value.charAt(place);
            switch (sign) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (sign < ' ') {
                        text.append(String.format("\\u%04x", (int) sign));
                    } else {
                        text.append(sign);
                    }
                }
            }
        }
        text.append('"');
    }
}
