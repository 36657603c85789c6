package dev.drawbridge.process;

/** What our own record knows of process instances. Features downstream implement it. */
public interface InstanceOrigin {
    /** Refuses, on record, where no request was recorded for this process instance. */
    void requireRecorded(String processInstanceId);
}
