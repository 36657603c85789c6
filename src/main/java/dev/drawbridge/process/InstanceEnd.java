package dev.drawbridge.process;

/** Hears when the process of an access request has come to its end, whichever way it went. Features downstream implement it. */
public interface InstanceEnd {
    void ended(String processInstanceId);
}
