package dev.drawbridge.request;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists of requests, page by page. */
@RestController
@RequestMapping("/api/v1/access-requests")
@Tag(name = "Access requests")
class RequestListResource {
    private static final int LARGEST_PAGE = 200;

    /** What lies before a page is looked through; a mark leads there at once. */
    private static final int FURTHEST = 10_000;

    private final Catalog catalog;
    private final Directory people;
    private final AccessRequests requests;
    private final RequestViews views;

    RequestListResource(Catalog catalog, Directory people, AccessRequests requests, RequestViews views) {
        this.catalog = catalog;
        this.people = people;
        this.requests = requests;
        this.views = views;
    }

    /**
     * @param page none where the page was asked for by {@code after}
     * @param total how many there are; none where more follow, which nobody counts
     * @param next the {@code after} of the next page; none where nothing follows
     */
    record Page(
            List<RequestView> items,
            @Nullable Integer page,
            int size,
            @Nullable Long total,
            @Nullable String next) {}

    @GetMapping
    @Operation(
            summary = "Your requests and those you may decide; for auditors, operators and security all",
            description =
                    "Newest first. `next` goes into `after` for the page that follows, however many there are; `page`"
                            + " reaches the first ten thousand. `total` is there on the last page alone.")
    Page list(
            @RequestParam(required = false) @Nullable RequestState state,
            @RequestParam(required = false) @Nullable String requester,
            @RequestParam(required = false) @Nullable String entitlement,
            @RequestParam(defaultValue = "false") boolean mine,
            @RequestParam(required = false) @Nullable Integer page,
            @RequestParam(defaultValue = "50") int size,
            @RequestParam(required = false) @Nullable String after) {
        int number = page == null ? 0 : page;
        requirePage(number, size);
        if (page != null && after != null) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "after", "invalid-after", "Either 'page' or 'after'; not both.");
        }
        PageMark mark = after == null ? null : PageMark.read(after);
        String viewer = CurrentSignIn.require().person();
        String whose = known("requester", requester, one -> people.find(one).isPresent() || requests.anyBy(one));
        String which =
                known("entitlement", entitlement, one -> catalog.find(one).isPresent() || requests.anyFor(one));
        if (mine && whose != null && !whose.equals(viewer)) {
            throw unknown("requester", "Either 'mine' or somebody else's as 'requester'; not both.");
        }
        RequestViews.Filter filter =
                new RequestViews.Filter(state == null ? null : state.name(), mine ? viewer : whose, which);
        long skip = (long) number * size;
        RequestViews.Page found = views.list(viewer, filter, mark, skip, size);
        boolean last = mark == null
                && found.next() == null
                && (skip == 0 || !found.items().isEmpty());
        return new Page(
                found.items(),
                mark == null ? number : null,
                size,
                last ? skip + found.items().size() : null,
                found.next() == null ? null : found.next().written());
    }

    private static void requirePage(int page, int size) {
        if (page < 0 || size < 1 || size > LARGEST_PAGE) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    page < 0 ? "page" : "size",
                    "invalid-page",
                    "Pages count from 0, and a page has 1 to " + LARGEST_PAGE + " requests.");
        }
        if ((long) page * size > FURTHEST) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    "page",
                    "page-too-far",
                    "Pages by number reach the first " + FURTHEST
                            + " requests; to go further, put the 'next' of a page into 'after'.");
        }
    }

    private static @Nullable String known(String field, @Nullable String value, Predicate<String> isKnown) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip();
        if (!isKnown.test(text)) {
            throw unknown(
                    field,
                    "There is no " + field + " '" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "'.");
        }
        return text;
    }

    private static Refusal unknown(String field, String sentence) {
        return Refusal.ofField(Refusal.Kind.INVALID, field, "invalid-" + field, sentence);
    }
}
