package dev.drawbridge.publication;

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

    /** {@code LIVE} is what is in force; {@code PAST} was, until the next one came. */
    enum Stage {
        LIVE,
        PAST
    }

    /** {@code agreedBy}: who else had to agree; nobody does yet. */
    record PublicationView(
            long number,
            String fingerprint,
            Stage stage,
            String author,
            @Nullable String agreedBy,
            String note,
            Instant at) {}

    record Page(List<PublicationView> items, @Nullable Long next) {}

    record FileView(String path, String sha256) {}

    /** One, with the files that it holds. */
    record WholeView(
            long number,
            String fingerprint,
            Stage stage,
            String author,
            @Nullable String agreedBy,
            String note,
            Instant at,
            List<FileView> files) {}

    /** {@code files}: those that are not as they are in the other. */
    record Difference(long number, long against, List<FileChange> files) {}

    @GetMapping
    @Operation(
            summary = "What was in force when, newest first",
            description = "For process owners, operators and auditors. `next` goes into `after` for those before.")
    Page list(@RequestParam(required = false) @Nullable Long after, @RequestParam(defaultValue = "50") int size) {
        long live = desk.latest(me()).number();
        if (size < 1 || size > LARGEST_PAGE) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "size", "invalid-page", "A page has 1 to " + LARGEST_PAGE + " publications.");
        }
        List<Publication> found = desk.before(me(), after == null ? Long.MAX_VALUE : after, size + 1);
        List<PublicationView> items =
                found.stream().limit(size).map(one -> view(one, live)).toList();
        return new Page(items, found.size() > size ? items.get(size - 1).number() : null);
    }

    @GetMapping("/{number}")
    @Operation(summary = "One publication, and the files that it holds")
    WholeView one(@PathVariable long number) {
        PublicationView view =
                view(desk.require(me(), number), desk.latest(me()).number());
        return new WholeView(
                view.number(),
                view.fingerprint(),
                view.stage(),
                view.author(),
                view.agreedBy(),
                view.note(),
                view.at(),
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
            description = "Against another publication; the one before, where none is named.")
    Difference difference(@PathVariable long number, @RequestParam(required = false) @Nullable Long against) {
        long other = against == null ? number - 1 : against;
        return new Difference(number, other, desk.changes(me(), number, other));
    }

    private static SignIn me() {
        return CurrentSignIn.require();
    }

    static PublicationView view(Publication publication, long live) {
        return new PublicationView(
                publication.number(),
                publication.fingerprint(),
                publication.number() == live ? Stage.LIVE : Stage.PAST,
                publication.author(),
                null,
                publication.note(),
                publication.at());
    }
}
