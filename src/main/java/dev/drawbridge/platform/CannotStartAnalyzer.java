package dev.drawbridge.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class CannotStartAnalyzer extends AbstractFailureAnalyzer<CannotStart> {
    @Override
    protected FailureAnalysis analyze(Throwable root, CannotStart mistake) {
        return new FailureAnalysis(String.valueOf(mistake.getMessage()), mistake.action(), mistake);
    }
}
