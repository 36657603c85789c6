package dev.drawbridge.console;

import dev.drawbridge.approval.Deputies;
import dev.drawbridge.approval.Waiting;
import dev.drawbridge.approval.WithdrawRequest;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import dev.drawbridge.request.RequestViews.Filter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page at {@code /}: who one is, what one may do here, what one has open, and the way on. */
@Controller
class StartPage {
    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String COCKPIT = "/camunda/app/cockpit/default/";
    private static final String ADMIN = "/camunda/app/admin/default/";
    private static final Set<String> APPROVING = Set.of("managers", "orders-owners", "security");
    private static final int SHOWN = 50;
    private static final int LATELY = 5;
    private static final Set<String> WAITING = Set.of("PENDING_APPROVAL", "SCHEDULED");

    private final People people;
    private final Catalog catalog;
    private final RequestViews views;
    private final WithdrawRequest withdrawal;
    private final AccessRequests requests;
    private final Waiting waiting;
    private final Deputies deputies;
    private final BusinessCalendar calendar;
    private final Refusals refusals;

    StartPage(
            People people,
            Catalog catalog,
            RequestViews views,
            WithdrawRequest withdrawal,
            AccessRequests requests,
            Waiting waiting,
            Deputies deputies,
            BusinessCalendar calendar,
            Refusals refusals) {
        this.people = people;
        this.catalog = catalog;
        this.views = views;
        this.withdrawal = withdrawal;
        this.requests = requests;
        this.waiting = waiting;
        this.deputies = deputies;
        this.calendar = calendar;
        this.refusals = refusals;
    }

    /** Something a person may do here, and the way to it. */
    public record Ability(String title, String text, String href) {}

    /** An open request of the person, as a line. */
    public record OpenRequest(
            UUID id,
            String entitlementName,
            String state,
            String stateSentence,
            @Nullable String ends,
            String href,
            boolean withdrawable) {}

    /** A request of the person that is over, as a line. */
    public record PastRequest(String entitlementName, String outcome, String sentence, String ended) {}

    /** Somebody who answers for somebody else, as a line. */
    public record DeputyLine(UUID id, String deputyName, String personName, String until, boolean mine) {}

    @GetMapping("/")
    String start(Model model) {
        People.Person me = people.find(CurrentSignIn.require().person()).orElseThrow();
        model.addAttribute("me", me);
        model.addAttribute("abilities", abilities(me.groups()));
        model.addAttribute("requests", openRequests(me));
        model.addAttribute("past", pastRequests(me));
        model.addAttribute("answers", me.groups().stream().anyMatch(APPROVING::contains));
        model.addAttribute("deputies", deputyLines(me));
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
        if (groups.stream().anyMatch(APPROVING::contains)) {
            abilities.add(new Ability(
                    "Answer requests", "Requests that wait for you are under “My approvals” in Tasklist.", TASKLIST));
        }
        if (groups.stream().anyMatch(Set.of("operators", "security", "auditors")::contains)) {
            abilities.add(new Ability(
                    "Open access",
                    "Everybody's access at this moment; what is late or could not be ended comes first.",
                    "/operations"));
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

    private List<OpenRequest> openRequests(People.Person me) {
        return views.list(me.id(), new Filter(null, me.id(), null), 0, SHOWN).stream()
                .filter(request -> !request.state().equals("ENDED"))
                .map(request -> line(me, request))
                .toList();
    }

    private List<PastRequest> pastRequests(People.Person me) {
        return views.lately(me.id(), LATELY).stream()
                .flatMap(request -> Stream.ofNullable(request.ending())
                        .map(ending -> new PastRequest(
                                named(request),
                                Objects.requireNonNull(request.outcome()),
                                ending.sentence(),
                                calendar.spoken(ending.at(), me.groups()))))
                .toList();
    }

    private List<DeputyLine> deputyLines(People.Person me) {
        return deputies.list(me.id()).stream()
                .map(one -> new DeputyLine(
                        one.id(),
                        people.nameOf(one.deputy()),
                        people.nameOf(one.person()),
                        calendar.spoken(one.endsAt(), me.groups()),
                        one.person().equals(me.id())))
                .toList();
    }

    private static String named(RequestView request) {
        return request.about().entitlementName() + (request.extending() == null ? "" : ", more time");
    }

    private OpenRequest line(People.Person me, RequestView request) {
        String sentence = switch (request.state()) {
            case "PENDING_APPROVAL" -> waitingSentence(me, request.id());
            case "SCHEDULED" -> "Agreed; starts later.";
            case "PROVISIONING" -> "Being set up; not usable yet.";
            case "ACTIVE" -> "Active. Reveal the credential under “My access”.";
            case "REVOKING" -> "Being taken away.";
            default -> "";
        };
        return new OpenRequest(
                request.id(),
                named(request),
                request.state(),
                sentence,
                request.grant() == null ? null : calendar.spoken(request.grant().expiresAt(), me.groups()),
                TASKLIST,
                WAITING.contains(request.state()));
    }

    /** Whom it waits for, since when, what happens next and when. */
    private String waitingSentence(People.Person me, UUID id) {
        return requests.find(id)
                .flatMap(waiting::open)
                .map(open -> open.awaitsAnswer()
                        ? "An approver asks you something: answer it under “My access” in Tasklist. Until then the time"
                                + " stands still."
                        : "Waits for " + whom(open) + " (level " + open.position() + " of "
                                + open.levels() + ", " + open.name() + ") since "
                                + calendar.spoken(open.since(), me.groups()) + "."
                                + (open.reminderAt() == null
                                        ? ""
                                        : " A reminder goes out at " + calendar.spoken(open.reminderAt(), me.groups())
                                                + ".")
                                + (open.escalatesAt() == null
                                        ? ""
                                        : " From " + calendar.spoken(open.escalatesAt(), me.groups()) + " "
                                                + String.join(", ", open.escalatesTo()) + " may answer as well.")
                                + " Times out at " + calendar.spoken(open.deadlineAt(), me.groups()) + ".")
                .orElse("Waits for approval.");
    }

    private static String whom(Waiting.OpenLevel open) {
        return open.quorum() == 1
                ? String.join(" or ", open.waitsFor())
                : (open.quorum() - open.approved()) + " more of " + String.join(", ", open.waitsFor());
    }

    @PostMapping("/deputies")
    String appoint(
            @RequestParam String deputy,
            @RequestParam LocalDate from,
            @RequestParam LocalDate until,
            RedirectAttributes then) {
        try {
            String me = CurrentSignIn.require().person();
            ZoneId zone = calendar.zoneOfMember(people.groupsOf(me));
            refusals.onRecord(
                    me,
                    null,
                    () -> deputies.appoint(
                            me,
                            deputy.strip(),
                            from.atStartOfDay(zone).toInstant(),
                            until.plusDays(1).atStartOfDay(zone).toInstant()));
            then.addFlashAttribute("message", deputy + " answers in your place from " + from + " to " + until + ".");
        } catch (Refusal refused) {
            then.addFlashAttribute("message", refused.sentence());
        }
        return "redirect:/";
    }

    @PostMapping("/deputies/{id}/dismissal")
    String dismiss(@PathVariable UUID id, RedirectAttributes then) {
        try {
            String me = CurrentSignIn.require().person();
            refusals.onRecord(me, null, () -> deputies.dismiss(me, id));
            then.addFlashAttribute("message", "Your deputy is dismissed.");
        } catch (Refusal refused) {
            then.addFlashAttribute("message", refused.sentence());
        }
        return "redirect:/";
    }
}
