package dev.drawbridge.guardrails;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.Publication;
import dev.drawbridge.publication.PublicationInForce;
import dev.drawbridge.request.Draft;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What would happen, before it is sent. */
@RestController
@Tag(name = "Access requests")
class PreviewResource {
    private final Asking asking;
    private final ApprovalChain chain;
    private final Directory people;
    private final PublicationInForce inForce;

    PreviewResource(Asking asking, ApprovalChain chain, Directory people, PublicationInForce inForce) {
        this.asking = asking;
        this.chain = chain;
        this.people = people;
        this.inForce = inForce;
    }

    record VerdictBody(
            VerdictOutcome outcome,
            List<Finding> findings,
            List<Level> levels,
            @Nullable Duration limit,
            List<String> obligations,
            String rulebook,
            @Nullable Long publication) {}

    /** {@code people} are ids, {@code names} what they are called, in the same order. */
    record Approvers(String level, int quorum, Collection<String> people, List<String> names) {}

    /** {@code automaticIf}: the rules that ask for people here; without them firing it would be automatic. */
    record Preview(VerdictBody verdict, List<Approvers> approvers, List<String> automaticIf) {}

    @PostMapping("/api/v1/access-requests/preview")
    @Operation(summary = "The verdict on a request that is not sent; records nothing")
    Preview preview(@RequestBody Draft draft) {
        SignIn signIn = CurrentSignIn.require();
        Verdict verdict = asking.rehearse(signIn, draft, "preview").verdict();
        List<Level> levels = verdict instanceof Verdict.NeedsApproval needed ? needed.levels() : List.of();
        return new Preview(
                new VerdictBody(
                        VerdictOutcome.of(verdict),
                        verdict.findings(),
                        levels,
                        Verdicts.limit(verdict),
                        Verdicts.obligations(verdict),
                        verdict.rulebook(),
                        inForce.now().map(Publication::number).orElse(null)),
                levels.stream().map(level -> approvers(level, signIn.person())).toList(),
                verdict.findings().stream()
                        .filter(finding -> finding.effect() == Finding.Effect.REQUIRE_APPROVAL)
                        .map(Finding::message)
                        .distinct()
                        .toList());
    }

    private Approvers approvers(Level level, String requester) {
        Collection<String> able = chain.approvers(level, requester);
        Map<String, String> names = people.namesById(able);
        return new Approvers(
                level.name(),
                level.quorum(),
                able,
                able.stream().map(id -> Objects.requireNonNull(names.get(id))).toList());
    }
}
