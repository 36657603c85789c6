package dev.drawbridge.approval.web;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.HandOver;
import dev.drawbridge.approval.OneAtATime;
import dev.drawbridge.approval.TakeTurn;
import dev.drawbridge.approval.Waiting;
import dev.drawbridge.approval.WithdrawRequest;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answering, one or several at once; asking back, handing over; and withdrawing what still waits. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Approvals")
class ApprovalResource {
    private static final Logger log = LoggerFactory.getLogger(ApprovalResource.class);
    private static final int MOST_AT_ONCE = 200;

    private final AccessRequests requests;
    private final RequestViews views;
    private final AccessTasks tasks;
    private final Refusals refusals;
    private final WithdrawRequest withdrawal;
    private final HandOver handOver;
    private final Waiting waiting;
    private final OneAtATime oneAtATime;
    private final TakeTurn turns;
    private final ApprovalCases cases;

    ApprovalResource(
            AccessRequests requests,
            RequestViews views,
            AccessTasks tasks,
            Refusals refusals,
            WithdrawRequest withdrawal,
            HandOver handOver,
            Waiting waiting,
            OneAtATime oneAtATime,
            TakeTurn turns,
            ApprovalCases cases) {
        this.requests = requests;
        this.views = views;
        this.tasks = tasks;
        this.refusals = refusals;
        this.withdrawal = withdrawal;
        this.handOver = handOver;
        this.waiting = waiting;
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

    record AnswerBody(@Nullable String answer) {}

    record HandOverBody(@Nullable String to) {}

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
        AccessRequest request = toActOn(signIn, id);
        Map<String, Object> form = new HashMap<>();
        form.put("decision", body.decision());
        form.put("comment", body.comment());
        form.put("narrowDuration", body.duration());
        form.put("narrowEntitlement", body.entitlement());
        refusals.onRecord(signIn.person(), id, () -> {
            if (request.requester().equals(signIn.person())) {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "self-approval", "Nobody decides on their own request.");
            }
            Optional<Integer> level = cases.load(id).open();
            oneAtATime.on(request, ProcessNames.APPROVE_ACCESS, () -> {
                ApprovalCase approval = turns.locked(id);
                if (approval.settled()) {
                    throw AccessProcesses.settled();
                }
                // The engine would only say that it is settled.
                TakeTurn.requireNoQuestion(approval);
                // The engine would only say that it is not theirs to do: nobody is asked twice.
                approval.requireUnheard(signIn.person());
                // While this waited for somebody else's answer, the next level may have opened: it was not meant for
                // that.
                if (!approval.open().equals(level)) {
                    throw AccessProcesses.settled();
                }
                tasks.complete(signIn, request.processInstanceId(), ProcessNames.APPROVE_ACCESS, form);
            });
        });
        return shown(signIn, id);
    }

    /** What came of an act that was taken: who did it may be one whom it waits for no more. */
    private RequestView shown(SignIn signIn, UUID id) {
        return views.find(signIn.person(), id).orElseGet(() -> views.of(id));
    }

    @PostMapping("/access-requests/{id}/answer")
    @Operation(summary = "Answer what an approver asked you back")
    RequestView answer(@PathVariable UUID id, @RequestBody AnswerBody body) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = toActOn(signIn, id);
        Map<String, Object> form = new HashMap<>();
        form.put("answer", body.answer());
        refusals.onRecord(
                signIn.person(),
                id,
                () -> tasks.complete(signIn, request.processInstanceId(), ProcessNames.ANSWER_QUESTION, form));
        return views.require(signIn.person(), id);
    }

    @PostMapping("/access-requests/{id}/claim")
    @Operation(summary = "Claim the task in Tasklist, also from a colleague who has claimed it and does not answer")
    Waiting.Around claim(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = toActOn(signIn, id);
        refusals.onRecord(
                signIn.person(),
                id,
                () -> oneAtATime.on(request, ProcessNames.APPROVE_ACCESS, () -> {
                    if (waiting.askedOf(signIn.person(), request).isEmpty()) {
                        throw Refusal.of(
                                Refusal.Kind.FORBIDDEN,
                                "not-an-approver",
                                "You are not among those who may decide on this.");
                    }
                    tasks.assign(request.processInstanceId(), ProcessNames.APPROVE_ACCESS, signIn.person());
                }));
        return waiting.of(request);
    }

    @DeleteMapping("/access-requests/{id}/claim")
    @Operation(summary = "Give back the task that you have claimed")
    Waiting.Around giveBack(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = toActOn(signIn, id);
        tasks.releaseClaimOf(signIn.person(), request.processInstanceId(), ProcessNames.APPROVE_ACCESS);
        return waiting.of(request);
    }

    @PostMapping("/access-requests/{id}/hand-over")
    @Operation(summary = "Let somebody who may stand in answer in your place, or hand it back to whom it is from")
    RequestView handOver(@PathVariable UUID id, @RequestBody HandOverBody body) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = toActOn(signIn, id);
        refusals.onRecord(
                signIn.person(),
                id,
                () -> handOver.give(
                        request,
                        signIn.person(),
                        body.to() == null ? "" : body.to().strip()));
        return shown(signIn, id);
    }

    @DeleteMapping("/access-requests/{id}/hand-over")
    @Operation(summary = "Take back what you handed over")
    RequestView takeBack(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = toActOn(signIn, id);
        refusals.onRecord(signIn.person(), id, () -> handOver.takeBack(request, signIn.person()));
        return views.require(signIn.person(), id);
    }

    @GetMapping("/access-requests/{id}/colleagues")
    @Operation(summary = "Whom you could hand it over to, or back to")
    List<HandOver.Colleague> colleagues(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        return handOver.colleagues(visible(signIn, id), signIn.person());
    }

    @GetMapping("/access-requests/{id}/approval")
    @Operation(summary = "Whom it waits for, since when and what comes next; the thread; what it could be narrowed to")
    Waiting.Around approval(@PathVariable UUID id) {
        return waiting.of(visible(CurrentSignIn.require(), id));
    }

    @PostMapping("/access-requests/{id}/withdrawal")
    @Operation(summary = "Withdraw your request while it waits")
    RequestView withdraw(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        withdrawal.withdraw(signIn.person(), id);
        return views.require(signIn.person(), id);
    }

    /** Trying what one cannot even see goes on record. */
    private AccessRequest toActOn(SignIn signIn, UUID id) {
        return refusals.onRecord(signIn.person(), id, () -> visible(signIn, id));
    }

    private AccessRequest visible(SignIn signIn, UUID id) {
        RequestView seen = views.require(signIn.person(), id);
        return requests.find(seen.id()).orElseThrow();
    }
}
