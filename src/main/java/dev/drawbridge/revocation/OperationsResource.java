package dev.drawbridge.revocation;

import dev.drawbridge.platform.CurrentSignIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators see, and revoking more than one access at once. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Operations")
class OperationsResource {
    private final Operations operations;
    private final RevokeNow revokeNow;

    OperationsResource(Operations operations, RevokeNow revokeNow) {
        this.operations = operations;
        this.revokeNow = revokeNow;
    }

    record RevocationsBody(
            @Nullable String requester,
            @Nullable String entitlement,
            @Nullable String reason) {}

    record Ending(List<UUID> requests) {}

    @GetMapping("/open-access")
    @Operation(summary = "Everything that is open, what is late or failing first; for operators, security and auditors")
    Operations.State open(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "0") int from) {
        return operations.look(CurrentSignIn.require().person(), new Sought(q, from));
    }

    @PostMapping("/revocations")
    @Operation(
            summary =
                    "Revoke everything that a person holds or waits for, everything of an entitlement, or both together")
    Ending revokeAll(@RequestBody RevocationsBody body) {
        return new Ending(revokeNow.all(
                CurrentSignIn.require().person(),
                new RevokeNow.Which(body.requester(), body.entitlement()),
                body.reason()));
    }

    @GetMapping("/revocations")
    @Operation(
            summary =
                    "What revoking would end now, waiting and scheduled requests included; for operators and security")
    List<Revocable> foreseen(
            @RequestParam(required = false) @Nullable String requester,
            @RequestParam(required = false) @Nullable String entitlement) {
        return revokeNow.foreseen(CurrentSignIn.require().person(), new RevokeNow.Which(requester, entitlement));
    }
}
