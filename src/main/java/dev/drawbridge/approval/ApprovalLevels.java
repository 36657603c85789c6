package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What the process asks about the verdict's levels, each named by its position, from 0. Public, since BPMN calls it. */
@Component
@UsedInProcess
public class ApprovalLevels {
    private final AccessRequests requests;
    private final Verdicts verdicts;
    private final Approvals approvals;

    ApprovalLevels(AccessRequests requests, Verdicts verdicts, Approvals approvals) {
        this.requests = requests;
        this.verdicts = verdicts;
        this.approvals = approvals;
    }

    /** One position a level, in the order they are asked. */
    public List<Integer> indexes(DelegateExecution execution) {
        return IntStream.range(0, levels(verdict(execution)).size()).boxed().toList();
    }

    public String name(int level, DelegateExecution execution) {
        return levels(verdict(execution)).get(level).name();
    }

    public List<String> groups(int level, DelegateExecution execution) {
        return levels(verdict(execution)).get(level).groups();
    }

    public List<String> people(int level, DelegateExecution execution) {
        return levels(verdict(execution)).get(level).people();
    }

    /** When the level is over: counted from the moment it began, so that a second approver gets no new deadline. */
    public Date dueAt(int level, DelegateExecution execution) {
        RecordedVerdict verdict = verdict(execution);
        Instant began = approvals.of(verdict.requestId()).stream()
                .filter(approval -> approval.level() < level)
                .map(Approval::at)
                .max(Instant::compareTo)
                .orElse(verdict.decidedAt());
        return Date.from(began.plus(levels(verdict).get(level).deadline()));
    }

    private RecordedVerdict verdict(DelegateExecution execution) {
        AccessRequest request = requests.ofProcessInstance(execution.getProcessInstanceId());
        return verdicts.of(request.id()).orElseThrow();
    }

    private static List<Level> levels(RecordedVerdict verdict) {
        return verdict.verdict() instanceof Verdict.NeedsApproval needed ? needed.levels() : List.of();
    }
}
