package dev.drawbridge.approval;

import java.util.Collection;

/** Shows the approvers' tasks of process instances, each by itself, to those who may answer them by now. */
public interface ShowTasks {
    /** A failure at one does not stop the others. */
    void of(Collection<String> instances);
}
