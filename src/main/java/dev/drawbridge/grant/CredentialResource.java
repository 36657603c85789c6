package dev.drawbridge.grant;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Revealing a credential. */
@RestController
@Tag(name = "Access requests")
class CredentialResource {
    private final RevealCredential reveal;
    private final Refusals refusals;

    CredentialResource(RevealCredential reveal, Refusals refusals) {
        this.reveal = reveal;
        this.refusals = refusals;
    }

    record CredentialBody(String username, String password, String url, String command, Instant expiresAt) {}

    @PostMapping("/api/v1/access-requests/{id}/credentials")
    @Operation(summary = "Make and show the credential, once; the one before it dies")
    ResponseEntity<CredentialBody> reveal(@PathVariable UUID id) {
        String person = CurrentSignIn.require().person();
        RevealCredential.Revealed revealed = refusals.onRecord(person, id, () -> {
            try {
                return reveal.reveal(person, id);
            } catch (ConnectorException unreachable) {
                throw Refusal.of(
                        Refusal.Kind.CONFLICT,
                        "target-not-ready",
                        "The target system does not answer now; try again soon.");
            }
        });
        Credential made = revealed.credential();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new CredentialBody(
                        made.username(),
                        made.password(),
                        made.url(),
                        made.command(),
                        revealed.grant().expiresAt()));
    }
}
