package dev.drawbridge.process;

import java.util.Set;

/** Names that code and BPMN share. */
public final class ProcessNames {
    private ProcessNames() {}

    public static final String ACCESS_REQUEST = "access-request";
    /** In which a second process owner agrees to what another proposed. */
    public static final String POLICY_CHANGE = "policy-change";

    public static final String AGREE_TO_PUBLICATION = "task_agreeToPublication";
    public static final String CHECK_GUARDRAILS = "task_checkGuardrails";
    public static final String APPROVAL_LEVEL = "subProcess_approvalLevel";
    public static final String APPROVE_ACCESS = "task_approveAccess";
    public static final String DEADLINE = "boundaryEvent_deadline";
    public static final String REMINDER_DUE = "catchEvent_reminderDue";
    public static final String TIER_DUE = "catchEvent_tierDue";
    public static final String ANSWER_QUESTION = "task_answerQuestion";
    public static final String USE_ACCESS = "task_useAccess";
    /** Stands for every task of a request's process that is none of the fixed ones: a company has put it there. */
    public static final String ANY_OTHER_TASK = "*";

    /** Tasks that mean the same in every process of a request. */
    static final Set<String> FIXED_TASKS = Set.of(APPROVE_ACCESS, ANSWER_QUESTION, USE_ACCESS);

    public static final String WINDOW_ENDED = "boundaryEvent_windowEnded";
    public static final String ENDS_SOON = "boundaryEvent_endsSoon";
    public static final String REVOKE_ACCESS = "task_revokeAccess";
    public static final String MESSAGE_WITHDRAW = "withdraw";
    public static final String MESSAGE_EXTEND = "extend";
    public static final String MESSAGE_REVOKE_NOW = "revokeNow";
    /** What was agreed can be given no longer. The code is the one that processes of the first version wait for. */
    public static final String ERROR_NO_LONGER = "windowPassed";
}
