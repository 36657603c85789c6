package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.guardrails.FiredLately;
import dev.drawbridge.guardrails.GuardrailsInForce;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.Life;
import dev.drawbridge.publication.Publication;
import dev.drawbridge.publication.PublicationDesk;
import dev.drawbridge.publication.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages at {@code /guardrails}: what is in force, as sentences; what was, and what changed; a file to look at, or to change. */
@Controller
@RequestMapping("/guardrails")
class GuardrailsPage {
    private static final int SHOWN = 20;
    private static final List<String> RULES = List.of(".drl", ".csv");
    private static final String CASES = ".cases.yaml";

    private final PublicationDesk desk;
    private final GuardrailsInForce guardrails;
    private final FiredLately fired;
    private final PublicationLines publications;

    GuardrailsPage(
            PublicationDesk desk, GuardrailsInForce guardrails, FiredLately fired, PublicationLines publications) {
        this.fired = fired;
        this.desk = desk;
        this.guardrails = guardrails;
        this.publications = publications;
    }

    /** Guardrails of one concern. */
    record Concern(String name, List<GuardrailsInForce.Shown> guardrails) {}

    @GetMapping
    String show(
            @RequestParam(required = false) @Nullable Long before,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        Publication live = desk.latest(me());
        List<Life> found = desk.before(me(), before == null ? Long.MAX_VALUE : before, SHOWN + 1);
        List<PublicationLines.Line> lines =
                publications.lines(found.stream().limit(SHOWN).toList(), kept.clock());
        model.addAttribute(
                "live", publications.line(desk.life(me(), desk.here(me()).number()), kept.clock()));
        model.addAttribute("fired", fired.look());
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

    @GetMapping("/file")
    String file(@RequestParam String path, @RequestParam(required = false) @Nullable Long number, Model model) {
        Publication live = desk.latest(me());
        long shown = number == null ? live.number() : number;
        model.addAttribute("content", text(shown, path));
        beside(path, desk.contents(me(), shown).keySet())
                .ifPresent(other -> model.addAttribute("beside", text(shown, other)));
        model.addAttribute("note", "");
        model.addAttribute("base", live.number());
        return filePage(path, shown, shown == live.number(), model);
    }

    private String text(long number, String path) {
        return new String(desk.file(me(), number, path), StandardCharsets.UTF_8);
    }

    /** A guardrail and its cases: who changes one of them changes both. */
    private static Optional<String> beside(String path, Set<String> there) {
        Stream<String> others = path.endsWith(CASES)
                ? RULES.stream().map(ending -> path.substring(0, path.length() - CASES.length()) + ending)
                : RULES.stream()
                        .filter(path::endsWith)
                        .map(ending -> path.substring(0, path.length() - ending.length()) + CASES);
        return others.filter(there::contains).findFirst();
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
            beside(path, there()).ifPresent(other -> files.put(other, asWritten(beside)));
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
            model.addAttribute("changes", ShownChange.of(checked.changes()));
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

    /** The files in force, whatever somebody built on. */
    private Set<String> there() {
        return desk.contents(me(), desk.latest(me()).number()).keySet();
    }

    /** A browser sends line ends of its own. */
    private static String asWritten(String typed) {
        return typed.replace("\r\n", "\n");
    }

    private String filePage(String path, long number, boolean live, Model model) {
        model.addAttribute("path", path);
        model.addAttribute("besidePath", beside(path, there()).orElse(""));
        model.addAttribute("number", number);
        model.addAttribute("live", live);
        model.addAttribute("mayPublish", live && desk.mayPublish(me()) && !path.endsWith(".html"));
        return "file";
    }

    private String told(PublicationDesk.Outcome outcome) {
        Publication made = outcome.publication();
        if (made != null && desk.life(me(), made.number()).stage() == Stage.PROPOSED) {
            return "Publication " + made.number() + " is proposed: another process owner must agree to it.";
        }
        return made == null || made.number() == outcome.before().number()
                ? "These are the very files that are in force; nothing was changed."
                : "Publication " + made.number() + " is in force.";
    }

    private static SignIn me() {
        return CurrentSignIn.require();
    }
}
