package dev.drawbridge.catalog;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a mistake in the rules as a sentence instead of a stack trace. */
class RulesFailureAnalyzer extends AbstractFailureAnalyzer<RulesException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, RulesException mistake) {
        return new FailureAnalysis(
                String.valueOf(mistake.getMessage()),
                "Correct the file and start again; nothing was changed.",
                mistake);
    }
}
