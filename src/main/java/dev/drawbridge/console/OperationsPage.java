package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.console.OpenAccessLines.Line;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.People;
import dev.drawbridge.revocation.Operations;
import dev.drawbridge.revocation.RevokeNow;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page at {@code /operations}: everything that is open, what is failing or late first, and the way to end it. */
@Controller
@RequestMapping("/operations")
class OperationsPage {
    private static final Set<String> MAY_REVOKE = Set.of("operators", "security");

    private final Operations operations;
    private final RevokeNow revokeNow;
    private final OpenAccessLines lines;
    private final People people;

    OperationsPage(Operations operations, RevokeNow revokeNow, OpenAccessLines lines, People people) {
        this.operations = operations;
        this.revokeNow = revokeNow;
        this.lines = lines;
        this.people = people;
    }

    @GetMapping
    ModelAndView show(@ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept) {
        return forWhomMayLook(() -> {
            Operations.State state = operations.look(me());
            WallClock clock = kept.clock();
            List<Line> open = lines.of(state.access(), clock);
            Map<String, Object> model = new HashMap<>();
            model.put("state", state);
            model.put("lines", open);
            model.put("differences", lines.ofDiscrepancies(state.discrepancies(), clock));
            model.put("mayRevoke", mayRevoke());
            model.put("asOf", clock.thisMoment());
            model.put("holders", names(open, Line::requester, Line::requesterName));
            model.put("entitlements", names(open, Line::entitlement, Line::entitlementName));
            return new ModelAndView("operations", model);
        });
    }

    /** What would end, before it does. */
    @GetMapping("/revocations")
    ModelAndView consider(
            @RequestParam(defaultValue = "") String requester,
            @RequestParam(defaultValue = "") String entitlement,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept) {
        return forWhomMayLook(() -> {
            Operations.State state = operations.look(me());
            if (!mayRevoke()) {
                return forbidden("Only operators and security revoke access.");
            }
            String whose = requester.strip();
            String which = entitlement.strip();
            if (whose.isEmpty() && which.isEmpty()) {
                return new ModelAndView("redirect:/operations");
            }
            Map<String, Object> model = new HashMap<>();
            model.put("requester", whose);
            model.put("entitlement", which);
            model.put("about", about(whose, which));
            model.put("most", state.access().size());
            model.put("moreThanShown", state.open() > state.access().size());
            model.put(
                    "lines",
                    lines.of(state.access(), kept.clock()).stream()
                            .filter(Line::revocable)
                            .filter(line -> whose.isEmpty() || line.requester().equals(whose))
                            .filter(line ->
                                    which.isEmpty() || line.entitlement().equals(which))
                            .toList());
            return new ModelAndView("revoke-all", model);
        });
    }

    @PostMapping("/revocations")
    String revokeAll(
            @RequestParam(defaultValue = "") String requester,
            @RequestParam(defaultValue = "") String entitlement,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes then) {
        return answered(then, () -> {
            int ending = revokeNow.all(me(), requester, entitlement, reason).size();
            return ending == 0
                    ? "Nothing of " + about(requester.strip(), entitlement.strip()) + " was open any more."
                    : "Everything of " + about(requester.strip(), entitlement.strip()) + " ends now: "
                            + counted(ending, "access", "accesses") + ".";
        });
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
            then.addFlashAttribute("message", refused.sentence());
        }
        return "redirect:/operations";
    }

    private static ModelAndView forWhomMayLook(Supplier<ModelAndView> page) {
        try {
            return page.get();
        } catch (Refusal refused) {
            return forbidden(refused.sentence());
        }
    }

    private static ModelAndView forbidden(String sentence) {
        return new ModelAndView(
                "error", Map.of("status", HttpStatus.FORBIDDEN.value(), "sentence", sentence), HttpStatus.FORBIDDEN);
    }

    private static String me() {
        return CurrentSignIn.require().person();
    }

    private boolean mayRevoke() {
        return !Collections.disjoint(people.groupsOf(me()), MAY_REVOKE);
    }

    private static Map<String, String> names(List<Line> open, Function<Line, String> id, Function<Line, String> name) {
        Map<String, String> names = new TreeMap<>();
        open.stream().filter(Line::revocable).forEach(line -> names.put(id.apply(line), name.apply(line)));
        return names;
    }

    private String about(String requester, String entitlement) {
        if (requester.isEmpty()) {
            return lines.entitlementName(entitlement);
        }
        return lines.personName(requester)
                + (entitlement.isEmpty() ? "" : " with " + lines.entitlementName(entitlement));
    }

    private static String counted(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
