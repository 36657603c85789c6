package dev.drawbridge.approval.web;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.OneAtATime;
import dev.drawbridge.approval.TakeTurn;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.RequestView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answering what waits for one's word, one request or several at once; asking back. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Approvals")
class DecisionResource {
    private static final Logger log = LoggerFactory.getLogger(DecisionResource.class);
    private static final int MOST_AT_ONCE = 200;

    private final Acts acts;
    private final AccessTasks tasks;
    private final OneAtATime oneAtATime;
    private final TakeTurn turns;
    private final ApprovalCases cases;

    DecisionResource(Acts acts, AccessTasks tasks, OneAtATime oneAtATime, TakeTurn turns, ApprovalCases cases) {
        this.acts = acts;
        this.tasks = tasks;
        this.oneAtATime = oneAtATime;
        this.turns = turns;
        this.cases = cases;
    }

    /** {@code duration} and {@code entitlement} approve less than was asked for. */
    record DecisionBody(
            @Nullable String decision,
            @Nullable String comment,
            @Nullable String duration,
            @Nullable String entitlement) {}

    record OneOfMany(
            UUID id, @Nullable String decision, @Nullable String comment) {}

    /** {@code problem} is the sentence if this one was refused; the others are still judged. */
    record Outcome(
            UUID id,
            @Nullable RequestView request,
            @Nullable String code,
            @Nullable String problem) {}

    @PostMapping("/access-requests/{id}/decision")
    @Operation(summary = "Approve, reject or ask back, at the level that is open")
    RequestView decide(@PathVariable UUID id, @RequestBody DecisionBody body) {
        return decide(CurrentSignIn.require(), id, body);
    }

    @PostMapping("/decisions")
    @Operation(summary = "Answer several requests, each judged on its own")
    List<Outcome> decideAll(@RequestBody List<OneOfMany> bodies) {
        if (bodies.size() > MOST_AT_ONCE) {
            throw Refusal.of(
                    Refusal.Kind.UNPROCESSABLE, "too-many", "At most " + MOST_AT_ONCE + " are answered in one call.");
        }
        if (bodies.stream().anyMatch(one -> one == null || one.id() == null)) {
            throw Refusal.ofField(Refusal.Kind.INVALID, "id", "missing-id", "Each answer names its request ('id').");
        }
        SignIn signIn = CurrentSignIn.require();
        return bodies.stream().map(one -> outcome(signIn, one)).toList();
    }

    private Outcome outcome(SignIn signIn, OneOfMany one) {
        try {
            return new Outcome(
                    one.id(),
                    decide(signIn, one.id(), new DecisionBody(one.decision(), one.comment(), null, null)),
                    null,
                    null);
        } catch (Refusal refusal) {
            return new Outcome(one.id(), null, refusal.code(), refusal.sentence());
        } catch (RuntimeException failed) {
            // The others have been judged, or are to be: what became of them must not be hidden by this one.
            log.error("An answer to {} could not be taken", one.id(), failed);
            return new Outcome(
                    one.id(), null, "internal-error", "Something went wrong on our side; this one was not taken.");
        }
    }

    private RequestView decide(SignIn signIn, UUID id, DecisionBody body) {
        Map<String, Object> form = new HashMap<>();
        form.put("decision", body.decision());
        form.put("comment", body.comment());
        form.put("narrowDuration", body.duration());
        form.put("narrowEntitlement", body.entitlement());
        acts.act(signIn, id, request -> decide(signIn, request, form));
        return acts.outcome(signIn, id);
    }

    private void decide(SignIn signIn, AccessRequest request, Map<String, Object> form) {
        if (request.requester().equals(signIn.person())) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "self-approval", "Nobody decides on their own request.");
        }
        Optional<Integer> level = cases.load(request.id()).open();
        oneAtATime.on(request, ProcessNames.APPROVE_ACCESS, () -> {
            ApprovalCase approval = turns.locked(request.id());
            if (approval.settled()) {
                throw AccessProcesses.settled();
            }
            // The engine would only say that it is settled.
            approval.requireAsked();
            TakeTurn.requireNoQuestion(approval);
            // The engine would only say that it is not theirs to do: nobody is asked twice.
            approval.requireUnheard(signIn.person());
            // While this waited for somebody else's answer, the next level may have opened: it was not meant for that.
            if (!approval.open().equals(level)) {
                throw AccessProcesses.settled();
            }
            tasks.complete(signIn, request.processInstanceId(), ProcessNames.APPROVE_ACCESS, form);
        });
    }
}
