package dev.drawbridge.guardrails;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Providers;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.Draft;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private final RulesByNumber rules;
    private final Providers providers;

    PreviewResource(Asking asking, ApprovalChain chain, Directory people, RulesByNumber rules, Providers providers) {
        this.providers = providers;
        this.asking = asking;
        this.chain = chain;
        this.people = people;
        this.rules = rules;
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

    /**
     * What would come of it.
     *
     * @param automaticIf the smallest changes that would make it automatic, in words that end "It would be automatic …"
     * @param allowedIf likewise, of what would be refused, to be possible at all
     * @param signInAgain {@code anew} or {@code second-factor} where it would help to sign in so, and somebody can; else none
     */
    record Preview(
            VerdictBody verdict,
            List<Approvers> approvers,
            List<String> automaticIf,
            List<String> allowedIf,
            @Nullable String signInAgain) {}

    @PostMapping("/api/v1/access-requests/preview")
    @Operation(summary = "The verdict on a request that is not sent; records nothing")
    Preview preview(@RequestBody Draft draft) {
        SignIn signIn = CurrentSignIn.require();
        Judgement judgement = asking.rehearse(signIn, draft, "preview").judgement();
        Verdict verdict = judgement.verdict();
        Optional<Long> publication = Optional.ofNullable(judgement.publication());
        Optional<RuleSet> judging = publication.flatMap(rules::find);
        List<Level> levels = verdict instanceof Verdict.NeedsApproval needed ? needed.levels() : List.of();
        return new Preview(
                new VerdictBody(
                        VerdictOutcome.of(verdict),
                        verdict.findings(),
                        levels,
                        Verdicts.limit(verdict),
                        Verdicts.obligations(verdict),
                        verdict.rulebook(),
                        publication.orElse(null)),
                levels.stream().map(level -> approvers(level, signIn.person())).toList(),
                judging.filter(any -> !(verdict instanceof Verdict.Allowed))
                        .map(now -> WhatIf.automatic(now, judgement.facts()))
                        .orElse(List.of()),
                judging.filter(any -> verdict instanceof Verdict.Denied)
                        .map(now -> WhatIf.possible(now, judgement.facts()))
                        .orElse(List.of()),
                judging.filter(any -> !providers.all().isEmpty())
                        .flatMap(now -> SignInAgain.helping(now, judgement.facts()))
                        .orElse(null));
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
