package dev.drawbridge.audit.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.guardrails.Receipt;
import dev.drawbridge.guardrails.Receipts;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.RequestViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The story of a request in a file that can be verified for ever without us, for those who may see the request. */
@RestController
@Tag(name = "Record")
class ProofResource {
    private static final Set<String> SEE_ALL = Set.of("auditors", "operators", "security", "process-owners");

    private final RequestViews views;
    private final Receipts receipts;
    private final SealedEntries entries;
    private final Verification verification;
    private final Witness witness;
    private final ObjectMapper json;

    ProofResource(
            RequestViews views,
            Receipts receipts,
            SealedEntries entries,
            Verification verification,
            Witness witness,
            ObjectMapper json) {
        this.views = views;
        this.receipts = receipts;
        this.entries = entries;
        this.verification = verification;
        this.witness = witness;
        this.json = json;
    }

    /**
     * What the file holds.
     *
     * @param receipt why it was decided so, for reading; none where none was kept
     * @param entries as in an export, each with its {@code proof}: the hashes that lead to the root; those that are not in the checkpoint
     *     yet have none
     * @param checkpoint as it was given out, with the cosignatures of witnesses
     * @param keys those that may have signed it: hold them against what you know from elsewhere
     */
    record Proof(
            String format,
            UUID request,
            @Nullable Receipt receipt,
            List<ObjectNode> entries,
            String checkpoint,
            List<String> keys,
            List<String> witnessKeys) {}

    @GetMapping("/api/v1/access-requests/{id}/proof")
    @Operation(
            summary = "The story of a request with what proves it, in one file",
            description = "Its entries, the way from each to the root of the record, and the signed checkpoint.")
    ResponseEntity<byte[]> proof(@PathVariable UUID id) throws com.fasterxml.jackson.core.JsonProcessingException {
        SignIn who = CurrentSignIn.require();
        UUID request = views.require(who.person(), id).id();
        boolean seesAll = who.groups().stream().anyMatch(SEE_ALL::contains);
        boolean readsDetails = who.groups().stream().anyMatch(LogReaders.GROUPS::contains);
        Note checkpoint = witness.checkpoint()
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND, "nothing-sealed", "Nothing is sealed yet. Try again in a second."));
        Proof proof = new Proof(
                OfflineCheck.PROOF,
                request,
                receipts.of(request)
                        .map(receipt -> seesAll ? receipt : receipt.withoutOthers())
                        .orElse(null),
                entries.story(request, Checkpoint.parse(checkpoint.text()).size(), readsDetails),
                checkpoint.toString(),
                verification.keys().stream().map(VerifierKey::toString).toList(),
                witness.key().stream().map(VerifierKey::toString).toList());
        return ResponseEntity.ok()
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"proof-" + request + ".json\"")
                .body(json.writeValueAsBytes(proof));
    }
}
