package dev.drawbridge.process;

import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;

/** What a step tells the one behind it, a gateway for instance, in the same transaction: it is not stored. */
public final class NextStep {
    private NextStep() {}

    /** Says it under this name, whatever somebody else has put under it. */
    public static void reads(DelegateExecution execution, String name, String value) {
        try {
            execution.setVariable(name, Variables.stringValue(value, true));
        } catch (ProcessEngineException stored) {
            // The engine keeps what was stored, or has just been removed, from becoming something that is not.
            execution.setVariable(name, value);
        }
    }
}
