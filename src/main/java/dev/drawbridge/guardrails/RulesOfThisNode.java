package dev.drawbridge.guardrails;

import dev.drawbridge.platform.SameOnAllNodes;
import org.springframework.stereotype.Component;

/** Whether a request is judged by the same rules wherever it arrives. */
@Component
class RulesOfThisNode implements SameOnAllNodes {
    private final Rulebook rulebook;

    RulesOfThisNode(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    @Override
    public String part() {
        return "rules";
    }

    @Override
    public String fingerprint() {
        return rulebook.fingerprint();
    }
}
