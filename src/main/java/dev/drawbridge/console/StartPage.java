package dev.drawbridge.console;

import dev.drawbridge.approval.WithdrawRequest;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import dev.drawbridge.request.RequestViews.Filter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page at {@code /}: who one is, what one may do here, what one has open, and the way on. */
@Controller
class StartPage {
    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String COCKPIT = "/camunda/app/cockpit/default/";
    private static final String ADMIN = "/camunda/app/admin/default/";
    private static final int SHOWN = 50;
    private static final Set<String> WAITING = Set.of("PENDING_APPROVAL", "SCHEDULED");

    private final People people;
    private final Catalog catalog;
    private final RequestViews views;
    private final WithdrawRequest withdrawal;

    StartPage(People people, Catalog catalog, RequestViews views, WithdrawRequest withdrawal) {
        this.people = people;
        this.catalog = catalog;
        this.views = views;
        this.withdrawal = withdrawal;
    }

    /** Something a person may do here, and the way to it. */
    public record Ability(String title, String text, String href) {}

    /** An open request of the person, as a line. */
    public record OpenRequest(
            UUID id,
            String entitlementName,
            String state,
            String stateSentence,
            @Nullable Instant expiresAt,
            String href,
            boolean withdrawable) {}

    @GetMapping("/")
    String start(Model model) {
        People.Person me = people.find(CurrentSignIn.require().person()).orElseThrow();
        model.addAttribute("me", me);
        model.addAttribute("abilities", abilities(me.groups()));
        model.addAttribute("requests", openRequests(me.id()));
        return "start";
    }

    @PostMapping("/requests/{id}/withdrawal")
    String withdraw(@PathVariable UUID id, RedirectAttributes then) {
        try {
            withdrawal.withdraw(CurrentSignIn.require().person(), id);
            then.addFlashAttribute("message", "Your request is withdrawn.");
        } catch (Refusal refused) {
            then.addFlashAttribute("message", refused.sentence());
        }
        return "redirect:/";
    }

    /** A link in a mail: through the sign-in page, which would lose what follows the hash, to the very task. */
    @GetMapping("/tasks/{id}")
    String task(@PathVariable String id) {
        return "redirect:" + TASKLIST + "#/?task=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    @GetMapping("/guides")
    String guides() {
        return "guides";
    }

    private List<Ability> abilities(Set<String> groups) {
        List<Ability> abilities = new ArrayList<>();
        if (!catalog.askableBy(groups).isEmpty()) {
            abilities.add(new Ability(
                    "Ask for access",
                    "Choose what you need, for how long and why. You see what will happen before you send it.",
                    TASKLIST + "#/?processStart=" + ProcessNames.ACCESS_REQUEST));
        }
        if (groups.stream().anyMatch(Set.of("managers", "orders-owners", "security")::contains)) {
            abilities.add(new Ability(
                    "Answer requests", "Requests that wait for you are under “My approvals” in Tasklist.", TASKLIST));
        }
        if (groups.stream().anyMatch(Set.of("operators", "auditors", "process-owners")::contains)) {
            abilities.add(
                    new Ability("Look into the processes", "Running instances and incidents, in Cockpit.", COCKPIT));
        }
        if (groups.contains("camunda-admin")) {
            abilities.add(new Ability("Manage accounts", "People, and the groups they belong to.", ADMIN));
        }
        if (groups.contains("operators")) {
            abilities.add(new Ability("Check the service", "Health and metrics of this node.", "/actuator/health"));
        }
        return abilities;
    }

    private List<OpenRequest> openRequests(String person) {
        return views.list(person, new Filter(null, person, null), 0, SHOWN).stream()
                .filter(request -> !request.state().equals("ENDED"))
                .map(this::line)
                .toList();
    }

    private OpenRequest line(RequestView request) {
        String sentence = switch (request.state()) {
            case "PENDING_APPROVAL" -> "Waits for approval.";
            case "SCHEDULED" -> "Agreed; starts later.";
            case "PROVISIONING" -> "Being set up; not usable yet.";
            case "ACTIVE" -> "Active. Reveal the credential under “My access”.";
            case "REVOKING" -> "Being taken away.";
            default -> "";
        };
        Instant expires = request.grant() == null ? null : request.grant().expiresAt();
        return new OpenRequest(
                request.id(),
                request.about().entitlementName(),
                request.state(),
                sentence,
                expires,
                TASKLIST,
                WAITING.contains(request.state()));
    }
}
