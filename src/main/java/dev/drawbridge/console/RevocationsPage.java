package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.revocation.Revocable;
import dev.drawbridge.revocation.RevokeNow;
import dev.drawbridge.revocation.RevokeNow.Which;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page at {@code /operations/revocations}: exactly what is going to end, before it does. What is confirmed there is what was
 * shown; what has come since is not ended with it, but shown in its turn.
 */
@Controller
@RequestMapping("/operations/revocations")
class RevocationsPage {
    /** As many as a page can show, and a form can carry back. */
    private static final int SHOWN = 1_000;

    private final RevokeNow revokeNow;
    private final OpenAccessLines names;
    private final Foreseen foreseen;

    RevocationsPage(RevokeNow revokeNow, OpenAccessLines names, Foreseen foreseen) {
        this.revokeNow = revokeNow;
        this.names = names;
        this.foreseen = foreseen;
    }

    @GetMapping
    String consider(
            @RequestParam(defaultValue = "") String requester,
            @RequestParam(defaultValue = "") String entitlement,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        Which which = new Which(requester, entitlement);
        if (which.requester() == null && which.entitlement() == null) {
            return "redirect:/operations";
        }
        List<Revocable> found = revokeNow.foreseen(me(), which);
        List<Foreseen.Line> lines = foreseen.lines(found.stream().limit(SHOWN).toList(), kept.clock());
        model.addAttribute("which", which);
        model.addAttribute("about", about(which));
        model.addAttribute("lines", lines);
        model.addAttribute("sorts", Foreseen.sorts(lines));
        model.addAttribute(
                "people",
                lines.stream().map(Foreseen.Line::requester).distinct().count());
        model.addAttribute("more", found.size() - lines.size());
        model.addAttribute(
                "shown", lines.stream().map(line -> line.id().toString()).collect(Collectors.joining(",")));
        return "revoke-all";
    }

    @PostMapping
    String revoke(
            @RequestParam(defaultValue = "") String requester,
            @RequestParam(defaultValue = "") String entitlement,
            @RequestParam(defaultValue = "") String shown,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes then) {
        Which which = new Which(requester, entitlement);
        Set<UUID> seen = ids(shown);
        List<Revocable> before = revokeNow.foreseen(me(), which);
        try {
            Set<UUID> ended = Set.copyOf(revokeNow.shown(me(), which, seen, reason));
            List<Revocable> ending = before.stream()
                    .filter(one -> ended.contains(one.requestId()))
                    .toList();
            long left = revokeNow.foreseen(me(), which).size();
            if (left == 0) {
                then.addFlashAttribute(
                        "message",
                        ending.isEmpty()
                                ? "Nothing of " + about(which) + " was open any more."
                                : "Everything of " + about(which) + " ends now: " + Foreseen.counted(ending) + ".");
                return "redirect:/operations";
            }
            then.addFlashAttribute(
                    "problem",
                    (ending.isEmpty() ? "Nothing has ended" : "What was shown ends now: " + Foreseen.counted(ending))
                            + ". What stands here was not shown before, and goes on; look at it, and revoke it too if it is to"
                            + " end.");
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN) {
                throw refused;
            }
            then.addFlashAttribute("problem", refused.sentence());
        }
        then.addFlashAttribute("reason", reason);
        then.addAttribute("requester", Objects.toString(which.requester(), ""));
        then.addAttribute("entitlement", Objects.toString(which.entitlement(), ""));
        return "redirect:/operations/revocations";
    }

    private static Set<UUID> ids(String shown) {
        try {
            return Arrays.stream(shown.split(","))
                    .filter(id -> !id.isBlank())
                    .map(UUID::fromString)
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "shown", "unreadable-list", "The list of what is to end cannot be read.");
        }
    }

    private static String me() {
        return CurrentSignIn.require().person();
    }

    private String about(Which which) {
        String what = which.entitlement() == null ? "" : names.entitlementName(which.entitlement());
        return which.requester() == null
                ? what
                : names.personName(which.requester()) + (what.isEmpty() ? "" : " with " + what);
    }
}
