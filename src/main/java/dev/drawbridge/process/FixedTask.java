package dev.drawbridge.process;

import dev.drawbridge.platform.SignIn;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * What a feature does at a task of an access request that has a fixed meaning, such as
 * {@link ProcessNames#APPROVE_ACCESS}, or at one of a company's own, {@link ProcessNames#ANY_OTHER_TASK}. It is built into the engine: no process decides whether, when or with which words
 * it runs. Features downstream implement it.
 */
public interface FixedTask {
    /** The tasks, by their ids in the process. */
    Set<String> tasks();

    /** The task is there, before anybody is told. */
    default void created(DelegateTask task) {}

    /** Somebody is, or is to be, its assignee; none where it is given back. */
    default void assigned(DelegateTask task) {}

    /**
     * A person completes it, in the call that runs.
     *
     * @param form what that person sent in this very call, by field; without those that were left empty
     */
    default void completed(DelegateTask task, SignIn who, Map<String, String> form) {}

    /** It is over without having been completed. */
    default void abandoned(DelegateTask task) {}
}
