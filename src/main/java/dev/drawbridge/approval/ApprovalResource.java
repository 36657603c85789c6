package dev.drawbridge.approval;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answering, and withdrawing what still waits. */
@RestController
@RequestMapping("/api/v1/access-requests/{id}")
@Tag(name = "Access requests")
class ApprovalResource {
    private final AccessRequests requests;
    private final RequestViews views;
    private final AccessProcesses processes;
    private final Refusals refusals;
    private final WithdrawRequest withdrawal;

    ApprovalResource(
            AccessRequests requests,
            RequestViews views,
            AccessProcesses processes,
            Refusals refusals,
            WithdrawRequest withdrawal) {
        this.requests = requests;
        this.views = views;
        this.processes = processes;
        this.refusals = refusals;
        this.withdrawal = withdrawal;
    }

    record DecisionBody(@Nullable String decision, @Nullable String comment) {}

    @PostMapping("/decision")
    @Operation(summary = "Approve or reject, at the level that is open")
    RequestView decide(@PathVariable UUID id, @RequestBody DecisionBody body) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = visible(signIn, id);
        Map<String, Object> form = new HashMap<>();
        form.put("decision", body.decision());
        form.put("comment", body.comment());
        refusals.onRecord(signIn.person(), id, () -> {
            if (request.requester().equals(signIn.person())) {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "self-approval", "Nobody decides on their own request.");
            }
            processes.complete(signIn, request.processInstanceId(), ProcessNames.APPROVE_ACCESS, form);
        });
        return views.require(signIn.person(), id);
    }

    @PostMapping("/withdrawal")
    @Operation(summary = "Withdraw your request while it waits")
    RequestView withdraw(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        withdrawal.withdraw(signIn.person(), id);
        return views.require(signIn.person(), id);
    }

    private AccessRequest visible(SignIn signIn, UUID id) {
        RequestView seen = views.require(signIn.person(), id);
        return requests.find(seen.id()).orElseThrow();
    }
}
