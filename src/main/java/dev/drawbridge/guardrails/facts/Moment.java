package dev.drawbridge.guardrails.facts;

/** The moment for which access is asked. */
public record Moment(boolean officeHours, boolean holiday, boolean changeFreeze) {
    public boolean isOfficeHours() {
        return officeHours;
    }

    public boolean isHoliday() {
        return holiday;
    }

    public boolean isChangeFreeze() {
        return changeFreeze;
    }
}
