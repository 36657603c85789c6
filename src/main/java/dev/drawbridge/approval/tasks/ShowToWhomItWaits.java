package dev.drawbridge.approval.tasks;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.Electorate;
import dev.drawbridge.approval.Electorate.Shown;
import dev.drawbridge.approval.Electorates;
import dev.drawbridge.approval.ShowTask;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.AccessTasks.Audience;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Shows one request's task to those who may answer it by now, and to nobody else. */
@Component
class ShowToWhomItWaits implements ShowTask {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final AccessTasks tasks;

    ShowToWhomItWaits(ApprovalCases cases, Electorates electorates, AccessTasks tasks) {
        this.cases = cases;
        this.electorates = electorates;
        this.tasks = tasks;
    }

    @Override
    public Set<String> show(AccessRequest request) {
        // With an answer at the same moment, the next task would be shown to the people of the last one.
        ApprovalCase approval = cases.lock(request.id());
        if (approval.open().isEmpty()) {
            return Set.of();
        }
        Electorate electorate = electorates.now(approval);
        releaseWhatTheAbsentHold(request, electorate);
        Audience audience = audience(approval, electorate);
        tasks.showTo(request.processInstanceId(), ProcessNames.APPROVE_ACCESS, audience);
        return audience.people();
    }

    /** Nobody, once the request has ended: its process may come by after that. */
    static Audience audience(ApprovalCase approval, Electorate electorate) {
        if (!approval.isUndecided()) {
            return new Audience(Set.of(), Set.of(), Set.of());
        }
        int level = approval.open().orElseThrow();
        Shown shown = electorate.shown(level);
        return new Audience(shown.groups(), shown.people(), electorate.everybody(level));
    }

    /** What somebody claimed before their absence began would be hidden from the deputy; what they claim since is meant. */
    private void releaseWhatTheAbsentHold(AccessRequest request, Electorate electorate) {
        tasks.claimedBy(request.processInstanceId(), ProcessNames.APPROVE_ACCESS)
                .flatMap(person -> electorate.absenceOf(person).findFirst())
                .ifPresent(absence -> tasks.releaseWhatWasClaimedBefore(
                        absence, request.processInstanceId(), ProcessNames.APPROVE_ACCESS));
    }
}
