package dev.drawbridge.revocation;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Revoking access. */
@RestController
@RequestMapping("/api/v1/access-requests/{id}")
@Tag(name = "Access requests")
public class RevocationResource {
    private final RequestViews views;
    private final RevokeNow revokeNow;
    private final Refusals refusals;

    RevocationResource(RequestViews views, RevokeNow revokeNow, Refusals refusals) {
        this.views = views;
        this.revokeNow = revokeNow;
        this.refusals = refusals;
    }

    record RevocationBody(@Nullable String reason) {}

    @PostMapping("/revocation")
    @Operation(summary = "Revoke access, or a request that waits for it, now; for operators and security")
    public RequestView revoke(@PathVariable UUID id, @RequestBody RevocationBody body) {
        SignIn signIn = CurrentSignIn.require();
        refusals.onRecord(signIn.person(), id, () -> views.require(signIn.person(), id));
        revokeNow.one(signIn.person(), id, body.reason());
        return views.require(signIn.person(), id);
    }
}
