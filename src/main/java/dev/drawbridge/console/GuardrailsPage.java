package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.GuardrailsInForce;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.FileChange;
import dev.drawbridge.publication.Publication;
import dev.drawbridge.publication.PublicationDesk;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages at {@code /guardrails}: what is in force, as sentences; what was, and what changed; a file to look at, or to change. */
@Controller
@RequestMapping("/guardrails")
class GuardrailsPage {
    private static final int SHOWN = 20;
    private static final String RULE = ".drl";
    private static final String CASES = ".cases.yaml";

    private final PublicationDesk desk;
    private final GuardrailsInForce guardrails;
    private final Directory people;

    GuardrailsPage(PublicationDesk desk, GuardrailsInForce guardrails, Directory people) {
        this.desk = desk;
        this.guardrails = guardrails;
        this.people = people;
    }

    /** A publication in a list. */
    record Line(long number, String author, String note, String at, boolean live) {}

    /** Guardrails of one concern. */
    record Concern(String name, List<GuardrailsInForce.Shown> guardrails) {}

    @GetMapping
    String show(
            @RequestParam(required = false) @Nullable Long before,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        Publication live = desk.latest(me());
        List<Publication> found = desk.before(me(), before == null ? Long.MAX_VALUE : before, SHOWN + 1);
        List<Line> lines = lines(found.stream().limit(SHOWN).toList(), live, kept.clock());
        model.addAttribute(
                "live", lines(List.of(desk.here(me())), live, kept.clock()).get(0));
        model.addAttribute("concerns", concerns());
        model.addAttribute("lines", lines);
        model.addAttribute("next", found.size() > SHOWN ? lines.get(SHOWN - 1).number() : null);
        model.addAttribute("files", desk.contents(me(), live.number()).keySet());
        model.addAttribute("mayPublish", desk.mayPublish(me()));
        return "guardrails";
    }

    private List<Concern> concerns() {
        List<GuardrailsInForce.Shown> all = guardrails.all();
        return all.stream()
                .map(GuardrailsInForce.Shown::concern)
                .distinct()
                .map(concern -> new Concern(
                        concern.replace('-', ' '),
                        all.stream()
                                .filter(one -> one.concern().equals(concern))
                                .toList()))
                .toList();
    }

    @GetMapping("/publications/{number}")
    String publication(
            @PathVariable long number,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        Publication one = desk.require(me(), number);
        Publication live = desk.latest(me());
        model.addAttribute("line", lines(List.of(one), live, kept.clock()).get(0));
        model.addAttribute("changes", changes(desk.changes(me(), number, number - 1)));
        model.addAttribute("files", desk.contents(me(), number).keySet());
        model.addAttribute("mayPublish", desk.mayPublish(me()));
        return "publication";
    }

    @PostMapping("/publications/{number}/back")
    String back(@PathVariable long number, @RequestParam(defaultValue = "") String note, RedirectAttributes then) {
        return answered(then, "redirect:/guardrails", () -> desk.back(me(), number, note));
    }

    @GetMapping("/file")
    String file(@RequestParam String path, @RequestParam(required = false) @Nullable Long number, Model model) {
        Publication live = desk.latest(me());
        long shown = number == null ? live.number() : number;
        model.addAttribute("content", text(shown, path));
        beside(path)
                .filter(desk.contents(me(), shown)::containsKey)
                .ifPresent(other -> model.addAttribute("beside", text(shown, other)));
        model.addAttribute("note", "");
        model.addAttribute("base", live.number());
        return filePage(path, shown, shown == live.number(), model);
    }

    private String text(long number, String path) {
        return new String(desk.file(me(), number, path), StandardCharsets.UTF_8);
    }

    /** A guardrail and its cases: who changes one of them changes both. */
    private static Optional<String> beside(String path) {
        return path.endsWith(RULE)
                ? Optional.of(path.substring(0, path.length() - RULE.length()) + CASES)
                : path.endsWith(CASES)
                        ? Optional.of(path.substring(0, path.length() - CASES.length()) + RULE)
                        : Optional.empty();
    }

    /** To check it leaves everything as it is; what was typed stays either way. */
    @PostMapping("/file")
    String change(
            @RequestParam String path,
            @RequestParam String content,
            @RequestParam(required = false) @Nullable String beside,
            @RequestParam(defaultValue = "") String note,
            @RequestParam long base,
            @RequestParam(defaultValue = "false") boolean publish,
            Model model,
            RedirectAttributes then) {
        Map<String, String> files = new TreeMap<>(Map.of(path, asWritten(content)));
        if (beside != null) {
            beside(path).ifPresent(other -> files.put(other, asWritten(beside)));
            model.addAttribute("beside", asWritten(beside));
        }
        try {
            if (publish) {
                PublicationDesk.Outcome made = desk.publish(me(), files, note, base);
                then.addFlashAttribute("message", told(made));
                return "redirect:/guardrails";
            }
            PublicationDesk.Outcome checked = desk.check(me(), files, base);
            model.addAttribute("checked", true);
            model.addAttribute("problems", checked.problems());
            model.addAttribute("changes", changes(checked.changes()));
            model.addAttribute("newlyAllowed", checked.newlyAllowed());
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN) {
                throw refused;
            }
            model.addAttribute("problem", refused.sentence());
            model.addAttribute("problems", refused.details().getOrDefault("problems", List.of()));
        }
        model.addAttribute("content", asWritten(content));
        model.addAttribute("note", note);
        model.addAttribute("base", base);
        return filePage(path, base, true, model);
    }

    /** A browser sends line ends of its own. */
    private static String asWritten(String typed) {
        return typed.replace("\r\n", "\n");
    }

    private String filePage(String path, long number, boolean live, Model model) {
        model.addAttribute("path", path);
        model.addAttribute("besidePath", beside(path).orElse(""));
        model.addAttribute("number", number);
        model.addAttribute("live", live);
        model.addAttribute("mayPublish", live && desk.mayPublish(me()) && !path.endsWith(".html"));
        return "file";
    }

    /** A file that changed, with its lines as they are shown. */
    record Changed(String path, String change, List<DiffLine> lines) {}

    /** {@code kind}: {@code added}, {@code gone}, {@code place} or nothing. */
    record DiffLine(String kind, String text) {}

    private static List<Changed> changes(Collection<FileChange> changes) {
        return changes.stream()
                .map(change -> new Changed(
                        change.path(),
                        change.change().name().toLowerCase(Locale.ROOT),
                        change.diff().lines().map(GuardrailsPage::line).toList()))
                .toList();
    }

    private static DiffLine line(String text) {
        String kind =
                text.startsWith("+") ? "added" : text.startsWith("-") ? "gone" : text.startsWith("@@") ? "place" : "";
        return new DiffLine(kind, text);
    }

    private static String answered(RedirectAttributes then, String where, Supplier<PublicationDesk.Outcome> work) {
        try {
            then.addFlashAttribute("message", told(work.get()));
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN) {
                throw refused;
            }
            then.addFlashAttribute("problem", refused.sentence());
        }
        return where;
    }

    private static String told(PublicationDesk.Outcome outcome) {
        Publication made = outcome.publication();
        return made == null || made.number() == outcome.before().number()
                ? "These are the very files that are in force; nothing was changed."
                : "Publication " + made.number() + " is in force.";
    }

    private List<Line> lines(List<Publication> some, Publication live, WallClock clock) {
        Set<String> authors =
                Set.copyOf(some.stream().map(Publication::author).distinct().toList());
        Map<String, String> names =
                people.named(authors).stream().collect(Collectors.toMap(Directory.Named::id, Directory.Named::name));
        return some.stream()
                .map(one -> new Line(
                        one.number(),
                        one.author().equals("system")
                                ? "this server's folders"
                                : names.getOrDefault(one.author(), one.author()),
                        one.note(),
                        clock.moment(one.at()),
                        one.number() == live.number()))
                .toList();
    }

    private static SignIn me() {
        return CurrentSignIn.require();
    }
}
