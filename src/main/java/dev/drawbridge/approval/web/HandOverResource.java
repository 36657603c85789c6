package dev.drawbridge.approval.web;

import dev.drawbridge.approval.HandOver;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.RequestView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Handing one's answer over to somebody who may stand in, and back. */
@RestController
@RequestMapping("/api/v1/access-requests/{id}")
@Tag(name = "Approvals")
class HandOverResource {
    private final Acts acts;
    private final HandOver handOver;

    HandOverResource(Acts acts, HandOver handOver) {
        this.acts = acts;
        this.handOver = handOver;
    }

    record HandOverBody(@Nullable String to) {}

    @PostMapping("/hand-over")
    @Operation(summary = "Let somebody who may stand in answer in your place, or hand it back to whom it is from")
    RequestView handOver(@PathVariable UUID id, @RequestBody HandOverBody body) {
        SignIn signIn = CurrentSignIn.require();
        String to = body.to() == null ? "" : body.to().strip();
        acts.act(signIn, id, request -> handOver.give(request, signIn.person(), to));
        return acts.outcome(signIn, id);
    }

    @DeleteMapping("/hand-over")
    @Operation(summary = "Take back what you handed over")
    RequestView takeBack(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        acts.act(signIn, id, request -> handOver.takeBack(request, signIn.person()));
        return acts.view(signIn, id);
    }

    @GetMapping("/colleagues")
    @Operation(summary = "Whom you could hand it over to, or back to")
    List<HandOver.Colleague> colleagues(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        return handOver.colleagues(acts.visible(signIn, id), signIn.person());
    }
}
