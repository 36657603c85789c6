package dev.drawbridge.approval.process;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.catalog.KnownEntitlements.Known;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.guardrails.VerdictOutcome;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.process.UsedInProcess;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * What a process can branch by: what is asked for, as far as approvers have narrowed it by then, and what the guardrails say to
 * it. By what is on record and in the catalog, whatever variables a process has. Public, since BPMN calls it.
 */
@Component("asked")
@UsedInProcess
public class WhatIsAsked {
    private final ApprovalCases cases;
    private final KnownEntitlements entitlements;

    WhatIsAsked(ApprovalCases cases, KnownEntitlements entitlements) {
        this.cases = cases;
        this.entitlements = entitlements;
    }

    /** The entitlement, by its id in the catalog. */
    @UsedInProcess
    public String entitlement(DelegateExecution execution) {
        return asked(execution).scope().entitlement();
    }

    /** The thing that it opens, as the catalog calls it. */
    @UsedInProcess
    public String resource(DelegateExecution execution) {
        return known(execution).resource();
    }

    @UsedInProcess
    public AccessLevel level(DelegateExecution execution) {
        return known(execution).level();
    }

    @UsedInProcess
    public Sensitivity sensitivity(DelegateExecution execution) {
        return known(execution).sensitivity();
    }

    @UsedInProcess
    public String environment(DelegateExecution execution) {
        return known(execution).environment();
    }

    /** Whether it reaches personal data, masked or not. */
    @UsedInProcess
    public boolean personalData(DelegateExecution execution) {
        return known(execution).personalData();
    }

    /** Whether personal columns are masked. */
    @UsedInProcess
    public boolean masked(DelegateExecution execution) {
        return known(execution).masked();
    }

    /** For how long, in minutes; of more time, how much is added. */
    @UsedInProcess
    public long minutes(DelegateExecution execution) {
        return asked(execution).scope().duration().toMinutes();
    }

    /** Whether the guardrails oblige to this. */
    @UsedInProcess
    public boolean obligedTo(String obligation, DelegateExecution execution) {
        return Verdicts.obligations(asked(execution).verdict().verdict()).contains(obligation);
    }

    /** What the guardrails said. The variable {@code verdict} is there right behind the step that asks them alone. */
    @UsedInProcess
    public VerdictOutcome verdict(DelegateExecution execution) {
        return VerdictOutcome.of(asked(execution).verdict().verdict());
    }

    /** As it was last, where it has left the catalog meanwhile. */
    private Known known(DelegateExecution execution) {
        return entitlements.find(entitlement(execution)).orElseThrow();
    }

    private ApprovalCase asked(DelegateExecution execution) {
        return cases.require(execution.getProcessInstanceId());
    }
}
