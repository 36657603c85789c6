package dev.drawbridge.publication;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the server's folders held when, and what was in it; what Camunda Modeler deploys is not among it. */
@RestController
@RequestMapping("/api/v1/publications")
@Tag(name = "Publications")
class PublicationResource {
    private static final int LARGEST_PAGE = 200;
    private static final Set<String> READERS = Set.of("process-owners", "operators", "auditors");

    private final NumberedPublications publications;
    private final Refusals refusals;

    PublicationResource(NumberedPublications publications, Refusals refusals) {
        this.publications = publications;
        this.refusals = refusals;
    }

    /** {@code LIVE} is what the folders hold; {@code PAST} is what they held until the next one came. */
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

    /** {@code diff}: as {@code diff -u} writes it, without the names. */
    record FileChange(String path, Change change, String diff) {}

    enum Change {
        ADDED,
        CHANGED,
        REMOVED
    }

    record Difference(long number, long against, List<FileChange> files) {}

    @GetMapping
    @Operation(
            summary = "What the server's folders held when, newest first",
            description = "For process owners, operators and auditors. `next` goes into `after` for those before.")
    Page list(@RequestParam(required = false) @Nullable Long after, @RequestParam(defaultValue = "50") int size) {
        requireReader();
        if (size < 1 || size > LARGEST_PAGE) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "size", "invalid-page", "A page has 1 to " + LARGEST_PAGE + " publications.");
        }
        List<Publication> found = publications.before(after == null ? Long.MAX_VALUE : after, size + 1);
        long live = live();
        List<PublicationView> items =
                found.stream().limit(size).map(one -> view(one, live)).toList();
        return new Page(items, found.size() > size ? items.get(size - 1).number() : null);
    }

    @GetMapping("/{number}")
    @Operation(summary = "One publication, and the files that it holds")
    WholeView one(@PathVariable long number) {
        requireReader();
        PublicationView view = view(require(number), live());
        return new WholeView(
                view.number(),
                view.fingerprint(),
                view.stage(),
                view.author(),
                view.agreedBy(),
                view.note(),
                view.at(),
                publications.contents(number).entrySet().stream()
                        .map(file -> new FileView(file.getKey(), file.getValue()))
                        .toList());
    }

    @GetMapping("/{number}/files/{*path}")
    @Operation(summary = "A file, as it was published")
    ResponseEntity<byte[]> file(@PathVariable long number, @PathVariable String path) {
        requireReader();
        require(number);
        byte[] content = publications
                .file(number, path.substring(1))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND,
                        "no-such-file",
                        "There is no such file in publication " + number + "."));
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
        requireReader();
        require(number);
        long other = against == null ? number - 1 : against;
        if (other != 0) {
            require(other);
        }
        SortedMap<String, String> then = other == 0 ? new TreeMap<>() : publications.contents(other);
        SortedMap<String, String> now = publications.contents(number);
        TreeSet<String> paths = new TreeSet<>(NumberedPublications.changed(then, now));
        paths.addAll(NumberedPublications.removed(then, now));
        PublishedFiles before = other == 0 ? new PublishedFiles(new TreeMap<>()) : publications.files(other);
        PublishedFiles after = publications.files(number);
        List<FileChange> changes = new ArrayList<>();
        for (String path : paths) {
            changes.add(new FileChange(
                    path, change(path, then, now), LineDifference.of(text(before, path), text(after, path))));
        }
        return new Difference(number, other, changes);
    }

    private static Change change(String path, Map<String, String> then, Map<String, String> now) {
        return !then.containsKey(path) ? Change.ADDED : now.containsKey(path) ? Change.CHANGED : Change.REMOVED;
    }

    private static String text(PublishedFiles files, String path) {
        return new String(files.byPath().getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    }

    private Publication require(long number) {
        return publications
                .find(number)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND, "no-such-publication", "There is no publication " + number + "."));
    }

    private long live() {
        return publications.latest().map(Publication::number).orElse(0L);
    }

    private static PublicationView view(Publication publication, long live) {
        return new PublicationView(
                publication.number(),
                publication.fingerprint(),
                publication.number() == live ? Stage.LIVE : Stage.PAST,
                publication.author(),
                null,
                publication.note(),
                publication.at());
    }

    private void requireReader() {
        SignIn who = CurrentSignIn.require();
        refusals.onRecord(who.person(), null, () -> {
            if (who.groups().stream().noneMatch(READERS::contains)) {
                throw Refusal.of(
                        Refusal.Kind.FORBIDDEN,
                        "not-for-you",
                        "What was published is for process owners, operators and auditors to see.");
            }
        });
    }
}
