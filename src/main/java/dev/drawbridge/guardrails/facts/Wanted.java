package dev.drawbridge.guardrails.facts;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Sensitivity;

/** The entitlement that was asked for. */
public record Wanted(
        String id,
        String resource,
        String target,
        AccessLevel level,
        Sensitivity sensitivity,
        String environment,
        boolean personalData,
        boolean masked) {
    public String getId() {
        return id;
    }

    public String getResource() {
        return resource;
    }

    public String getTarget() {
        return target;
    }

    public AccessLevel getLevel() {
        return level;
    }

    public Sensitivity getSensitivity() {
        return sensitivity;
    }

    public String getEnvironment() {
        return environment;
    }

    public boolean isPersonalData() {
        return personalData;
    }

    public boolean isMasked() {
        return masked;
    }
}
