package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.revocation.OpenAccess;
import dev.drawbridge.revocation.Operations;
import dev.drawbridge.revocation.RevokeNow;
import dev.drawbridge.revocation.Sought;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page at {@code /operations}: everything that is open, what is failing or late first, and the way to end it. */
@Controller
@RequestMapping("/operations")
class OperationsPage {
    /** At once, of what is open and of what is on its way. */
    private static final int SHOWN = 100;

    private final Operations operations;
    private final RevokeNow revokeNow;
    private final OpenAccessLines lines;
    private final Foreseen foreseen;

    OperationsPage(Operations operations, RevokeNow revokeNow, OpenAccessLines lines, Foreseen foreseen) {
        this.operations = operations;
        this.revokeNow = revokeNow;
        this.lines = lines;
        this.foreseen = foreseen;
    }

    @GetMapping
    String show(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int from,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        WallClock clock = kept.clock();
        Sought sought = new Sought(q, from);
        // One more than is shown tells whether there are more.
        Operations.State state = operations.look(me(), clock, sought, SHOWN + 1);
        List<OpenAccess> shown = state.access().stream().limit(SHOWN).toList();
        boolean mayRevoke = revokeNow.mayRevoke(me());
        RevokeNow.Underway underway = mayRevoke ? revokeNow.underway(me(), SHOWN) : RevokeNow.Underway.NOTHING;
        Map<String, String> names = lines.personNames(
                Stream.concat(underway.requesters().stream(), shown.stream().map(OpenAccess::requester))
                        .toList());
        model.addAttribute("state", state);
        model.addAttribute("lines", lines.of(shown, names, clock));
        model.addAttribute("sought", sought);
        model.addAttribute("more", state.access().size() > SHOWN);
        model.addAttribute("atOnce", SHOWN);
        model.addAttribute("onTheWay", foreseen.lines(underway.waiting(), names, clock));
        model.addAttribute("onTheWayInAll", underway.waitingInAll());
        model.addAttribute("differences", lines.ofDiscrepancies(state.discrepancies(), clock));
        model.addAttribute("mayRevoke", mayRevoke);
        model.addAttribute("asOf", clock.thisMoment());
        model.addAttribute("holders", named(underway.requesters(), id -> names.getOrDefault(id, id)));
        model.addAttribute("entitlements", named(underway.entitlements(), lines::entitlementName));
        return "operations";
    }

    @PostMapping("/{id}/revocation")
    String revoke(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason, RedirectAttributes then) {
        return answered(then, () -> {
            revokeNow.one(me(), id, reason);
            return "The access ends now. It leaves the list as soon as its target confirms that it is gone.";
        });
    }

    private static String answered(RedirectAttributes then, Supplier<String> attempt) {
        try {
            then.addFlashAttribute("message", attempt.get());
        } catch (Refusal refused) {
            then.addFlashAttribute("problem", refused.sentence());
        }
        return "redirect:/operations";
    }

    private static String me() {
        return CurrentSignIn.require().person();
    }

    private static Map<String, String> named(List<String> ids, UnaryOperator<String> name) {
        Map<String, String> names = new TreeMap<>();
        ids.forEach(id -> names.put(id, name.apply(id)));
        return names;
    }
}
