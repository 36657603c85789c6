package dev.drawbridge.guardrails;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Holdings;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.util.List;

/** Facts as JSON and back. What is on record stays readable: a part is never renamed, and one that is new may be missing in what is old. */
final class FactsOnRecord {
    /** The parts of a fact alone, and not what else a rule may call them. */
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    private static final class Parts {}

    private static final JsonMapper JSON = mapper();
    private static final ObjectReader READER = JSON.readerFor(SeenFacts.class);
    private static final ObjectWriter WRITER = JSON.writerFor(SeenFacts.class);

    private FactsOnRecord() {}

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        for (Class<?> fact : List.of(
                SeenFacts.class,
                Asked.class,
                Wanted.class,
                Requester.class,
                SignedIn.class,
                Moment.class,
                History.class,
                Holdings.class,
                Held.class,
                HeldByOthers.class)) {
            builder.addMixIn(fact, Parts.class);
        }
        return builder.build();
    }

    static String written(SeenFacts facts) {
        try {
            return WRITER.writeValueAsString(facts);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Throws where these are no facts that this release understands. */
    static SeenFacts read(String written) throws JsonProcessingException {
        return READER.readValue(written);
    }

    /** As they were written, for others to read. */
    static JsonNode shown(String written) {
        try {
            return JSON.readTree(written);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
