package dev.drawbridge.guardrails;

import dev.drawbridge.request.InWords;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The guardrails that judge now, as people read them. */
@Component
public class GuardrailsInForce {
    private final Rulebook rulebook;

    GuardrailsInForce(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    /**
     * One guardrail.
     *
     * @param id by which findings name it
     * @param file its path, such as {@code rules/automatic/low-up-to-an-hour.drl}
     * @param concern the folder that it is in
     * @param sentence what the requester reads
     * @param effects what it does where it fires, each a few words
     */
    public record Shown(String id, String file, String concern, String sentence, List<String> effects) {}

    /** All, by concern and name. */
    public List<Shown> all() {
        return rulebook.sources().stream().map(GuardrailsInForce::shown).toList();
    }

    private static Shown shown(RuleFindings.Source source) {
        int end = source.id().lastIndexOf('/');
        return new Shown(
                source.id(),
                source.file(),
                end < 0 ? "" : source.id().substring(0, end),
                source.rule().sentence(),
                source.rule().then().stream()
                        .map(GuardrailsInForce::words)
                        .distinct()
                        .toList());
    }

    private static String words(Rule.Consequence consequence) {
        String value = Objects.requireNonNullElse(consequence.value(), "");
        return switch (consequence.effect()) {
            case ALLOW -> "grants";
            case DENY -> "refuses";
            case REQUIRE_APPROVAL -> "asks: " + value;
            case LIMIT -> "at most " + InWords.length(Duration.parse(value));
            case OBLIGE -> "obliges: " + value;
            case FAILED -> "cannot be evaluated";
        };
    }
}
