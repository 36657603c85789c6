package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.directory.People;
import dev.drawbridge.directory.PersonRecord;
import dev.drawbridge.directory.PersonRecord.Membership;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.time.DateTimeException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages at {@code /people}: everybody, and one person with who leads them and the groups that they are in. */
@Controller
@RequestMapping("/people")
class PeoplePage {
    private static final int SHOWN = 50;
    private static final int SUGGESTED = 100;

    private final People people;
    private final PersonLines lines;

    PeoplePage(People people, PersonLines lines) {
        this.people = people;
        this.lines = lines;
    }

    @GetMapping
    @Transactional(readOnly = true)
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        People.Some some = people.list(me(), q, after, SHOWN);
        model.addAttribute("q", q);
        model.addAttribute("lines", lines.of(some.items(), kept.clock()));
        model.addAttribute("next", some.next());
        return "people";
    }

    /** By a parameter, since an account's id may hold what parts a path. */
    @GetMapping("/person")
    @Transactional(readOnly = true)
    String show(
            @RequestParam String id,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        PersonRecord person = people.require(me(), id);
        return page(model, person, PersonForm.of(person, kept.clock()));
    }

    @PostMapping("/person")
    String save(
            @RequestParam String id,
            @ModelAttribute("form") PersonForm form,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model,
            RedirectAttributes then) {
        WallClock clock = kept.clock();
        PersonRecord person = people.require(me(), id);
        try {
            PersonRecord saved = people.change(me(), id, form.change(person, clock));
            then.addFlashAttribute("message", "Saved: what is recorded of " + saved.name() + " counts from now on.");
            then.addAttribute("id", id);
            return "redirect:/people/person";
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN) {
                throw refused;
            }
            model.addAttribute("problem", refused.sentence());
        } catch (DateTimeException tooFar) {
            model.addAttribute("problem", "There is no such day in the calendar.");
        }
        // What was typed stays; what was read before does too, so that nothing is overwritten by sending it again.
        return page(model, person, form);
    }

    private String page(Model model, PersonRecord person, PersonForm form) {
        SignIn me = me();
        model.addAttribute("person", person);
        model.addAttribute("form", form);
        model.addAttribute("named", lines.names(person));
        model.addAttribute(
                "groupNames",
                person.groups().stream()
                        .collect(Collectors.toMap(Membership::group, Membership::name, (one, same) -> one)));
        model.addAttribute("mine", me.person().equals(person.id()));
        model.addAttribute("mayChange", people.mayChange(me) && !me.person().equals(person.id()));
        model.addAttribute("allGroups", people.mayChange(me) ? people.groups() : List.of());
        model.addAttribute(
                "colleagues",
                people.mayChange(me) ? people.list(me, "", "", SUGGESTED).items() : List.of());
        return "person";
    }

    private static SignIn me() {
        return CurrentSignIn.require();
    }
}
