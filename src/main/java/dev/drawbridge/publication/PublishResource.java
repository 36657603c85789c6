package dev.drawbridge.publication;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.PublicationResource.PublicationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes what process owners send. */
@RestController
@RequestMapping("/api/v1/publications")
@Tag(name = "Publications")
class PublishResource {
    private final PublicationDesk desk;
    private final Gate gate;
    private final Refusals refusals;

    PublishResource(PublicationDesk desk, Gate gate, Refusals refusals) {
        this.refusals = refusals;
        this.desk = desk;
        this.gate = gate;
    }

    /**
     * What would be published.
     *
     * @param base what it builds on
     * @param problems none where it would be taken
     * @param newlyAllowed what would be allowed that was not before, in sentences
     */
    record Checked(long base, List<PublicationProblem> problems, List<FileChange> files, List<String> newlyAllowed) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Publish files",
            description =
                    "Parts named by path (`rules/levels.yaml`, …) replace files of the publication in force; fields: `note`,"
                            + " `base` (the number it builds on; left out: the one in force), `remove` (a path, repeatable), `stage`"
                            + " (`LIVE`, or `PROPOSED` to try it out first). `PROPOSED` as well where a second person must agree. For"
                            + " process owners.")
    ResponseEntity<PublicationView> publish(HttpServletRequest request) {
        SignIn who = CurrentSignIn.require();
        desk.requireMayPublish(who);
        PublicationDesk.Outcome outcome = desk.publish(who, sent(who, request));
        Publication made = Objects.requireNonNull(outcome.publication());
        return answer(
                desk.life(who, made.number()), made.number() != outcome.before().number());
    }

    @PostMapping(path = "/check", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Check files as if to publish them",
            description = "The same body, the same checks and cases, and the differences; nothing is put on record.")
    Checked check(HttpServletRequest request) {
        SignIn who = CurrentSignIn.require();
        desk.requireMayPublish(who);
        PublicationDesk.Outcome outcome = desk.check(who, sent(who, request));
        if (!outcome.problems().isEmpty()) {
            throw outcome.refused(Map.of("problems", outcome.problems(), "files", outcome.changes()));
        }
        return new Checked(outcome.before().number(), List.of(), outcome.changes(), outcome.newlyAllowed());
    }

    /** What cannot be read, or climbs out of its folder, was tried all the same: that is on record. */
    private Proposal sent(SignIn who, HttpServletRequest request) {
        return refusals.onRecordReadOrNot(who.person(), () -> SentProposal.read(request, gate::isANote));
    }

    /** {@code isNew}: it was put on record by this very call. */
    static ResponseEntity<PublicationView> answer(Life life, boolean isNew) {
        PublicationView view = PublicationResource.view(life);
        return isNew
                ? ResponseEntity.created(URI.create("/api/v1/publications/" + view.number()))
                        .body(view)
                // The very files that are in force.
                : ResponseEntity.ok(view);
    }
}
