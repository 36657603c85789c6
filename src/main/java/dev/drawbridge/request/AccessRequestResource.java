package dev.drawbridge.request;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.request.AccessToExtend.LiveAccess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What may be asked for, asking, and reading back. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Access requests")
class AccessRequestResource {
    private static final int LARGEST_PAGE = 200;

    /** What lies before a page is looked through; a mark leads there at once. */
    private static final int FURTHEST = 10_000;

    private final Catalog catalog;
    private final Directory people;
    private final AccessProcesses processes;
    private final AccessTasks tasks;
    private final AccessRequests requests;
    private final RequestViews views;
    private final AccessToExtend live;
    private final Clock clock;

    AccessRequestResource(
            Catalog catalog,
            Directory people,
            AccessProcesses processes,
            AccessTasks tasks,
            AccessRequests requests,
            RequestViews views,
            AccessToExtend live,
            Clock clock) {
        this.catalog = catalog;
        this.people = people;
        this.processes = processes;
        this.tasks = tasks;
        this.requests = requests;
        this.views = views;
        this.live = live;
        this.clock = clock;
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

    @GetMapping("/catalog")
    @Operation(summary = "The entitlements that you may ask for")
    Collection<Entitlement> catalog() {
        return catalog.askableBy(CurrentSignIn.require().groups());
    }

    @PostMapping("/access-requests")
    @Operation(summary = "Ask for access; the guardrails have judged when this answers")
    ResponseEntity<RequestView> submit(@RequestBody Draft draft, HttpServletRequest call) {
        SignIn signIn = CurrentSignIn.require();
        UUID id = processes.start(signIn, variables(draft));
        return ResponseEntity.created(URI.create(call.getContextPath() + "/api/v1/access-requests/" + id))
                .body(views.require(signIn.person(), id));
    }

    @GetMapping("/access-requests/{id}")
    @Operation(summary = "One request")
    RequestView one(@PathVariable UUID id) {
        return views.require(CurrentSignIn.require().person(), id);
    }

    record ExtensionBody(
            @Nullable String duration,
            @Nullable String justification,
            @Nullable String ticket) {}

    @PostMapping("/access-requests/{id}/extension")
    @Operation(
            summary = "Ask for more time of access that you hold",
            description = "It goes the way of every request, judged by the time that the access would last in all. The"
                    + " answer is the request that is extended; `extensions` names the requests for more time.")
    RequestView extend(@PathVariable UUID id, @RequestBody ExtensionBody body) {
        SignIn signIn = CurrentSignIn.require();
        RequestView extended = views.require(signIn.person(), id);
        AccessRequest request = requests.find(extended.id()).orElseThrow();
        String entitlement =
                live.find(id, clock.instant()).map(LiveAccess::entitlement).orElse(request.entitlement());
        processes.start(
                signIn,
                variables(new Draft(
                        entitlement,
                        body.duration(),
                        body.justification(),
                        body.ticket() == null ? request.ticket() : body.ticket(),
                        null,
                        id.toString())));
        return views.require(signIn.person(), id);
    }

    /** For the forms: by the task itself and not by a variable, which others may have set. */
    @GetMapping("/tasks/{taskId}/access-request")
    @Operation(summary = "The request that a task in Tasklist is about")
    RequestView ofTask(@PathVariable String taskId) {
        String viewer = CurrentSignIn.require().person();
        return tasks.instanceOfTask(taskId)
                .flatMap(requests::findByProcessInstance)
                .flatMap(request -> views.find(viewer, request.id()))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND, "unknown-task", "This task is done, or it is not yours to see."));
    }

    @GetMapping("/access-requests")
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

    private static Map<String, String> variables(Draft draft) {
        Map<String, String> variables = new HashMap<>();
        put(variables, "entitlement", draft.entitlement());
        put(variables, "duration", draft.duration());
        put(variables, "justification", draft.justification());
        put(variables, "ticket", draft.ticket());
        put(variables, "startsAt", draft.startsAt());
        put(variables, "extending", draft.extending());
        return variables;
    }

    private static void put(Map<String, String> variables, String name, @Nullable String value) {
        if (value != null) {
            variables.put(name, value);
        }
    }
}
