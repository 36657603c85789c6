package dev.drawbridge.publication;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.PublicationResource.PublicationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes what process owners send, and goes back to what was. */
@RestController
@RequestMapping("/api/v1/publications")
@Tag(name = "Publications")
class PublishResource {
    private final PublicationDesk desk;
    private final Gate gate;

    PublishResource(PublicationDesk desk, Gate gate) {
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

    record StageWanted(@Nullable String stage, @Nullable String note) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Publish files",
            description =
                    "Parts named by path (`rules/levels.yaml`, …) replace files of the publication in force; fields: `note`,"
                            + " `base` (the number it builds on; left out: the one in force), `remove` (a path, repeatable). For process owners.")
    ResponseEntity<PublicationView> publish(HttpServletRequest request) {
        SignIn who = CurrentSignIn.require();
        desk.requireMayPublish(who);
        return published(desk.publish(who, SentProposal.read(request, gate::isANote)));
    }

    @PostMapping(path = "/check", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Check files as if to publish them",
            description = "The same body, the same checks and cases, and the differences; nothing is put on record.")
    Checked check(HttpServletRequest request) {
        SignIn who = CurrentSignIn.require();
        desk.requireMayPublish(who);
        PublicationDesk.Outcome outcome = desk.check(who, SentProposal.read(request, gate::isANote));
        if (!outcome.problems().isEmpty()) {
            throw outcome.refused(Map.of("problems", outcome.problems(), "files", outcome.changes()));
        }
        return new Checked(outcome.before().number(), List.of(), outcome.changes(), outcome.newlyAllowed());
    }

    @PostMapping("/{number}/stage")
    @Operation(
            summary = "Go back to an earlier publication",
            description = "`{\"stage\": \"LIVE\"}`: its files are published once more, under a number of their own.")
    ResponseEntity<PublicationView> stage(@PathVariable long number, @RequestBody StageWanted wanted) {
        if (!"LIVE".equals(wanted.stage())) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "stage", "unknown-stage", "'stage' can be LIVE, to go back to this one.");
        }
        return published(desk.back(CurrentSignIn.require(), number, Objects.requireNonNullElse(wanted.note(), "")));
    }

    private static ResponseEntity<PublicationView> published(PublicationDesk.Outcome outcome) {
        Publication made = Objects.requireNonNull(outcome.publication());
        PublicationView view = PublicationResource.view(made, made.number());
        return made.number() == outcome.before().number()
                // The very files that are in force.
                ? ResponseEntity.ok(view)
                : ResponseEntity.created(URI.create("/api/v1/publications/" + made.number()))
                        .body(view);
    }
}
