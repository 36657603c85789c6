package dev.drawbridge.approval.web;

import dev.drawbridge.approval.WithdrawRequest;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.RequestView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Following a request while it waits, and withdrawing it. */
@RestController
@RequestMapping("/api/v1/access-requests/{id}")
@Tag(name = "Approvals")
class ApprovalResource {
    private final Acts acts;
    private final LookAround around;
    private final WithdrawRequest withdrawal;

    ApprovalResource(Acts acts, LookAround around, WithdrawRequest withdrawal) {
        this.acts = acts;
        this.around = around;
        this.withdrawal = withdrawal;
    }

    @GetMapping("/approval")
    @Operation(summary = "Whom it waits for, since when and what comes next; the thread; what it could be narrowed to")
    Around approval(@PathVariable UUID id) {
        return around.of(acts.visible(CurrentSignIn.require(), id));
    }

    @PostMapping("/withdrawal")
    @Operation(summary = "Withdraw your request while it waits")
    RequestView withdraw(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        withdrawal.withdraw(signIn.person(), id);
        return acts.view(signIn, id);
    }
}
