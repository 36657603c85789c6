package dev.drawbridge.process;

/** Knows which process instances began with the guardrails. Features downstream implement it from their own record. */
public interface InstanceOrigin {
    /** Refuses, on record, where no request was recorded for this process instance. */
    void requireRecorded(String processInstanceId);
}
