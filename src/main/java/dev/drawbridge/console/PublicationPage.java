package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.guardrails.Replays;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.BackWhen;
import dev.drawbridge.publication.Cohort;
import dev.drawbridge.publication.Life;
import dev.drawbridge.publication.PublicationDesk;
import dev.drawbridge.publication.PublicationStages;
import dev.drawbridge.publication.Stage;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One publication: what it changes, how far it has got, and what can be done with it. */
@Controller
@RequestMapping("/guardrails/publications/{number}")
class PublicationPage {
    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");

    private final PublicationDesk desk;
    private final PublicationStages stages;
    private final PublicationLines lines;
    private final Replays replays;

    PublicationPage(PublicationDesk desk, PublicationStages stages, PublicationLines lines, Replays replays) {
        this.replays = replays;
        this.desk = desk;
        this.stages = stages;
        this.lines = lines;
    }

    @GetMapping
    String publication(
            @PathVariable long number,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        Life life = desk.life(me(), number);
        Stage stage = life.stage();
        boolean waits = stage == Stage.PROPOSED || stage.isTrial();
        boolean isOwner = desk.mayPublish(me());
        model.addAttribute("line", lines.line(life, kept.clock()));
        model.addAttribute("changes", ShownChange.of(desk.changes(me(), number, desk.base(me(), number))));
        model.addAttribute("files", desk.contents(me(), number).keySet());
        model.addAttribute("mayGoBack", stage == Stage.PAST && stages.mayGoBack(me()));
        model.addAttribute("mayTry", isOwner && stage != Stage.WITHDRAWN && number > 1);
        model.addAttribute("mayPutInForce", isOwner && waits && stages.mayPutInForce(me(), life));
        model.addAttribute("waitsForAnother", isOwner && waits && !stages.mayPutInForce(me(), life));
        model.addAttribute("mayWithdraw", isOwner && waits);
        model.addAttribute("mayReplay", isOwner);
        if (stage == Stage.SHADOW && isOwner) {
            model.addAttribute("shadow", replays.inTheShadow(me(), number));
        }
        return "publication";
    }

    /** As {@link #publication}, with what it would have said to the requests of the last days. */
    @PostMapping("/replay")
    String replay(
            @PathVariable long number,
            @RequestParam(defaultValue = "30") int days,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        try {
            model.addAttribute("replay", ShownReplay.of(replays.overTheLast(me(), number, days), kept.clock()));
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN) {
                throw refused;
            }
            model.addAttribute("problem", refused.sentence());
        }
        model.addAttribute("days", days);
        return publication(number, kept, model);
    }

    @PostMapping("/back")
    String back(@PathVariable long number, @RequestParam(defaultValue = "") String note, RedirectAttributes then) {
        return answered(then, () -> stages.live(me(), number, note.strip()));
    }

    @PostMapping("/agreement")
    String putInForce(
            @PathVariable long number, @RequestParam(defaultValue = "") String note, RedirectAttributes then) {
        return answered(then, () -> stages.live(me(), number, note.strip()));
    }

    @PostMapping("/withdrawal")
    String withdraw(@PathVariable long number, @RequestParam(defaultValue = "") String note, RedirectAttributes then) {
        return answered(then, () -> stages.withdraw(me(), number, note.strip()));
    }

    @PostMapping("/shadow")
    String shadow(@PathVariable long number, RedirectAttributes then) {
        return answered(then, () -> stages.shadow(me(), number, ""));
    }

    /** {@code groups}: names, with commas or blanks between them. */
    @PostMapping("/canary")
    String canary(
            @PathVariable long number,
            @RequestParam(defaultValue = "") String groups,
            @RequestParam(defaultValue = "0") int percent,
            RedirectAttributes then) {
        Set<String> named =
                BETWEEN.splitAsStream(groups).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
        return answered(
                then,
                () -> stages.canary(
                        me(), number, new Cohort(named, Math.max(0, Math.min(100, percent))), BackWhen.USUAL, ""));
    }

    private static String answered(RedirectAttributes then, Supplier<Life> work) {
        try {
            Life life = work.get();
            then.addFlashAttribute("message", told(life));
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN) {
                throw refused;
            }
            then.addFlashAttribute("problem", refused.sentence());
        }
        return "redirect:/guardrails";
    }

    private static String told(Life life) {
        String publication = "Publication " + life.publication().number();
        return switch (life.stage()) {
            case LIVE -> publication + " is in force.";
            case PROPOSED, AGREED -> publication + " is proposed: another process owner must agree to it.";
            case SHADOW -> publication + " judges in the shadow from now on, and counts for nobody.";
            case CANARY -> publication + " judges the requests of some people from now on.";
            case WITHDRAWN, PAST -> publication + " was withdrawn.";
        };
    }

    private static SignIn me() {
        return CurrentSignIn.require();
    }
}
