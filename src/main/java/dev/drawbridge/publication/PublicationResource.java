package dev.drawbridge.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was in force when, and what was in it. */
@RestController
@RequestMapping("/api/v1/publications")
@Tag(name = "Publications")
class PublicationResource {
    private static final int LARGEST_PAGE = 200;

    private final PublicationDesk desk;

    PublicationResource(PublicationDesk desk) {
        this.desk = desk;
    }

    /**
     * One.
     *
     * @param agreedBy who else agreed to it
     * @param groups for whose requests it counts, where it is tried out on some people
     * @param percent of how many of all people, where it is
     */
    record PublicationView(
            long number,
            String fingerprint,
            Stage stage,
            String author,
            @Nullable String agreedBy,
            String note,
            Instant at,
            @Nullable List<String> groups,
            @Nullable Integer percent) {}

    record Page(List<PublicationView> items, @Nullable Long next) {}

    record FileView(String path, String sha256) {}

    /** A step on its way. */
    record StepView(Stage stage, String actor, String note, Instant at) {}

    /** One, with its way and the files that it holds. */
    record WholeView(@JsonUnwrapped PublicationView publication, List<StepView> steps, List<FileView> files) {}

    /** {@code files}: those that are not as they are in the other. */
    record Difference(long number, long against, List<FileChange> files) {}

    @GetMapping
    @Operation(
            summary = "What was in force when, newest first",
            description = "For process owners, operators and auditors. `next` goes into `after` for those before.")
    Page list(@RequestParam(required = false) @Nullable Long after, @RequestParam(defaultValue = "50") int size) {
        if (size < 1 || size > LARGEST_PAGE) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "size", "invalid-page", "A page has 1 to " + LARGEST_PAGE + " publications.");
        }
        List<Life> found = desk.before(me(), after == null ? Long.MAX_VALUE : after, size + 1);
        List<PublicationView> items =
                found.stream().limit(size).map(PublicationResource::view).toList();
        return new Page(items, found.size() > size ? items.get(size - 1).number() : null);
    }

    @GetMapping("/{number}")
    @Operation(summary = "One publication, and the files that it holds")
    WholeView one(@PathVariable long number) {
        return new WholeView(
                view(desk.life(me(), number)),
                desk.steps(me(), number).stream()
                        .map(step -> new StepView(step.stage(), step.actor(), step.note(), step.at()))
                        .toList(),
                desk.contents(me(), number).entrySet().stream()
                        .map(file -> new FileView(file.getKey(), file.getValue()))
                        .toList());
    }

    @GetMapping("/{number}/files/{*path}")
    @Operation(summary = "A file, as it was published")
    ResponseEntity<byte[]> file(@PathVariable long number, @PathVariable String path) {
        byte[] content = desk.file(me(), number, path.substring(1));
        // As text whatever it is: a form must not become a page of ours.
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                .body(content);
    }

    @GetMapping("/{number}/diff")
    @Operation(
            summary = "What changed, file by file and line by line",
            description = "Against another publication; the one that it builds on, where none is named.")
    Difference difference(@PathVariable long number, @RequestParam(required = false) @Nullable Long against) {
        long other = against == null ? desk.base(me(), number) : against;
        return new Difference(number, other, desk.changes(me(), number, other));
    }

    record NewlyAllowed(long number, List<String> items) {}

    @GetMapping("/{number}/newly-allowed")
    @Operation(
            summary = "What it allows that was not allowed by the one that it builds on, in sentences",
            description = "For process owners. Each with an example; takes some seconds.")
    NewlyAllowed newlyAllowed(@PathVariable long number) {
        return new NewlyAllowed(number, desk.newlyAllowed(me(), number));
    }

    private static SignIn me() {
        return CurrentSignIn.require();
    }

    static PublicationView view(Life life) {
        Publication publication = life.publication();
        boolean isForSome = life.stage() == Stage.CANARY;
        return new PublicationView(
                publication.number(),
                publication.fingerprint(),
                life.stage(),
                publication.author(),
                life.agreedBy(),
                publication.note(),
                publication.at(),
                isForSome ? life.last().cohort().groups().stream().sorted().toList() : null,
                isForSome ? life.last().cohort().percent() : null);
    }
}
