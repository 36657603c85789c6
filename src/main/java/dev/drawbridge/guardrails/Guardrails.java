package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.LatestPublication;
import dev.drawbridge.publication.Publication;
import dev.drawbridge.publication.PublicationInForce;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessToExtend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Judges requests: consults the rulebook on the facts, and combines what it finds. */
@Component
public class Guardrails {
    private final Catalog catalog;
    private final GatherFacts facts;
    private final AccessToExtend live;
    private final Rulebook rulebook;
    private final ApprovalChain chain;
    private final Judgements judgements;
    private final LatestPublication publications;
    private final PublicationInForce inForce;

    Guardrails(
            Catalog catalog,
            GatherFacts facts,
            AccessToExtend live,
            Rulebook rulebook,
            ApprovalChain chain,
            Judgements judgements,
            LatestPublication publications,
            PublicationInForce inForce) {
        this.inForce = inForce;
        this.catalog = catalog;
        this.facts = facts;
        this.live = live;
        this.rulebook = rulebook;
        this.chain = chain;
        this.judgements = judgements;
        this.publications = publications;
    }

    /** The verdict on a request, by a sign-in with the groups of now; records nothing. */
    public Verdict judge(AccessRequest request, SignIn signIn) {
        return judgement(request, signIn).verdict();
    }

    /** As {@link #judge}, with what it goes by. */
    Judgement judgement(AccessRequest request, SignIn signIn) {
        return judgement(request, signIn, request.startsAt() == null ? request.submittedAt() : request.startsAt());
    }

    /** What a request would be given at a moment; how the person had signed in stays what it was, but for the groups. */
    public Judgement judgement(AccessRequest request, SignIn signIn, Instant moment) {
        return inForce.forRequester(request.requester(), signIn.groups(), () -> judgedByOne(request, signIn, moment));
    }

    private Judgement judgedByOne(AccessRequest request, SignIn signIn, Instant moment) {
        Entitlement entitlement = catalog.find(request.entitlement()).orElseThrow();
        Duration already = Optional.ofNullable(request.extending())
                .flatMap(extended -> live.find(extended, request.submittedAt()))
                .map(AccessToExtend.LiveAccess::total)
                .orElse(Duration.ZERO);
        List<Object> seen = facts.of(request, signIn, entitlement, already, moment);
        Verdict verdict = Combining.verdict(
                rulebook.consult(seen),
                already,
                rulebook.fingerprint(),
                required -> chain.resolve(required, entitlement, request.requester(), request.submittedAt()));
        return new Judgement(
                request.id(),
                verdict,
                SeenFacts.of(seen, moment, already, rulebook),
                inForce.now().map(Publication::number).orElse(null));
    }

    /** Puts a judgement on record that was made when access was to be given. */
    public void keep(Judgement judgement) {
        judgements.addAtTheGrant(judgement);
    }

    /** Whether what others hold counts: then requests of different people must not be granted side by side. */
    public boolean looksAtOthers() {
        return inForce.isSoForSomebody(rulebook::looksAtOthers);
    }

    /**
     * Whether something newer is in force, by its number, that cannot be read here: then what is allowed here may be refused by now,
     * and what is refused, allowed.
     */
    public boolean areBehind(long latest) {
        return !publications.isReached(latest);
    }
}
