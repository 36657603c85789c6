package dev.drawbridge.approval;

import dev.drawbridge.request.AccessRequest;
import java.util.Set;

/** Shows the approvers' task of a request to those who may answer it by now. What keeps the tasks implements it. */
public interface ShowTask {
    /** Shows it as it is to be now, in the caller's transaction; whom the task names then. */
    Set<String> show(AccessRequest request);
}
