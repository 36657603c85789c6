package dev.drawbridge.approval.web;

import dev.drawbridge.approval.Asks;
import dev.drawbridge.approval.OneAtATime;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Claiming the task of a request in Tasklist, and giving it back. */
@RestController
@RequestMapping("/api/v1/access-requests/{id}/claim")
@Tag(name = "Approvals")
class ClaimResource {
    private final Acts acts;
    private final AccessTasks tasks;
    private final OneAtATime oneAtATime;
    private final Asks asks;
    private final LookAround around;

    ClaimResource(Acts acts, AccessTasks tasks, OneAtATime oneAtATime, Asks asks, LookAround around) {
        this.acts = acts;
        this.tasks = tasks;
        this.oneAtATime = oneAtATime;
        this.asks = asks;
        this.around = around;
    }

    @PostMapping
    @Operation(summary = "Claim the task in Tasklist, also from a colleague who has claimed it and does not answer")
    Around claim(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        return around.of(acts.act(
                signIn,
                id,
                request ->
                        oneAtATime.on(request, ProcessNames.APPROVE_ACCESS, () -> assign(signIn.person(), request))));
    }

    private void assign(String person, AccessRequest request) {
        if (asks.of(person, request).isEmpty()) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, "not-an-approver", "You are not among those who may decide on this.");
        }
        tasks.assign(request.processInstanceId(), ProcessNames.APPROVE_ACCESS, person);
    }

    @DeleteMapping
    @Operation(summary = "Give back the task that you have claimed")
    Around giveBack(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = acts.toActOn(signIn, id);
        tasks.releaseClaimOf(signIn.person(), request.processInstanceId(), ProcessNames.APPROVE_ACCESS);
        return around.of(request);
    }
}
