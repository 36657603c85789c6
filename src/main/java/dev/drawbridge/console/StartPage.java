package dev.drawbridge.console;

import dev.drawbridge.approval.Waiting;
import dev.drawbridge.approval.WithdrawRequest;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.deputies.Approvers;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.News;
import dev.drawbridge.request.RequestViews;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page at {@code /}: what waits for one's answer, what one has open, what one may do here, and the way on. */
@Controller
class StartPage {
    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String COCKPIT = "/camunda/app/cockpit/default/";
    private static final String ADMIN = "/camunda/app/admin/default/";

    private final Directory people;
    private final Catalog catalog;
    private final Approvers approvers;
    private final Waiting around;
    private final OwnRequests own;
    private final WantedAnswers wanted;
    private final DeputyForm deputies;
    private final WithdrawRequest withdrawal;
    private final News news;

    StartPage(
            Directory people,
            Catalog catalog,
            Approvers approvers,
            Waiting around,
            OwnRequests own,
            WantedAnswers wanted,
            DeputyForm deputies,
            WithdrawRequest withdrawal,
            News news) {
        this.people = people;
        this.catalog = catalog;
        this.approvers = approvers;
        this.around = around;
        this.own = own;
        this.wanted = wanted;
        this.deputies = deputies;
        this.withdrawal = withdrawal;
        this.news = news;
    }

    /** Something a person may do here, and the way to it. */
    public record Ability(String title, String text, String href) {}

    /** {@code sent}: a request has just been sent. */
    @GetMapping("/")
    @Transactional(readOnly = true)
    String start(
            @RequestParam(required = false) @Nullable String sent,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        WallClock clock = kept.clock();
        SignIn caller = CurrentSignIn.require();
        // Before anything is read: what changes meanwhile makes the page look again.
        model.addAttribute("news", news.of(caller.person(), caller.groups()));
        RequestViews.Own read = own.read(caller.person());
        List<Deputies.Deputy> appointed = deputies.read(caller.person());
        Waiting.Board board =
                around.around(caller.person(), caller.groups(), WantedAnswers.LOOKED_AT, read.instances());
        foresee(caller, read, appointed, board);
        Directory.Person me = people.find(caller.person()).orElseThrow();
        Waiting.Looked looked = board.look(read.ids());
        OwnRequests.All mine = own.lines(read, looked.open(), clock);
        List<WantedAnswers.Line> waiting = wanted.lines(looked.asked(), me, clock);
        List<DeputyForm.Line> deputyLines = deputies.lines(appointed, me, clock);
        boolean answers = !waiting.isEmpty() || !deputyLines.isEmpty() || approvers.isOne(me);
        model.addAttribute("me", me);
        model.addAttribute(
                "groups",
                people.namesOfGroups(me.groups()).values().stream().sorted().toList());
        boolean asks = !catalog.askableBy(me.groups()).isEmpty();
        model.addAttribute("abilities", abilities(me.groups(), asks, answers));
        model.addAttribute("asks", asks);
        model.addAttribute("waiting", waiting);
        model.addAttribute("moreMayWait", waiting.size() == WantedAnswers.SHOWN);
        List<OwnRequests.Open> requests = mine.open();
        model.addAttribute("requests", requests);
        if (sent != null) {
            model.addAttribute("message", "Your request is sent; what comes of it stands below.");
        }
        model.addAttribute("underWay", requests.stream().anyMatch(OwnRequests.Open::underWay));
        model.addAttribute("past", mine.past());
        model.addAttribute("answers", answers);
        model.addAttribute("deputies", deputyLines);
        model.addAttribute("colleagues", answers ? deputies.suggestions(me) : List.of());
        return "start";
    }

    /** Everybody whom the page may name, and whoever may have a say in it, by one statement. */
    private void foresee(SignIn caller, RequestViews.Own read, List<Deputies.Deputy> appointed, Waiting.Board board) {
        Set<String> groups = new TreeSet<>(caller.groups());
        groups.addAll(board.groups());
        Set<String> persons = new TreeSet<>(read.people());
        persons.add(caller.person());
        persons.addAll(board.people());
        appointed.forEach(one -> persons.addAll(List.of(one.person(), one.deputy())));
        if (!appointed.isEmpty() || approvers.areAsked(caller.groups())) {
            groups.addAll(deputies.circles());
            persons.addAll(deputies.named());
        }
        people.foresee(groups, persons);
    }

    @PostMapping("/requests/{id}/withdrawal")
    String withdraw(@PathVariable UUID id, RedirectAttributes then) {
        try {
            withdrawal.withdraw(CurrentSignIn.require().person(), id);
            then.addFlashAttribute("message", "Your request is withdrawn.");
        } catch (Refusal refused) {
            then.addFlashAttribute("problem", refused.sentence());
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

    private List<Ability> abilities(Set<String> groups, boolean asks, boolean answers) {
        List<Ability> abilities = new ArrayList<>();
        if (asks) {
            abilities.add(new Ability(
                    "Ask for access",
                    "Choose what you need, for how long and why. You see what will happen before you send it.",
                    TASKLIST + "#/?processStart=" + ProcessNames.ACCESS_REQUEST));
        }
        if (answers) {
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
        if (groups.contains("administrators")) {
            abilities.add(new Ability(
                    "People",
                    "Who leads whom, who answers for whom, and who is in which group until when.",
                    "/people"));
        }
        if (groups.contains("operators")) {
            abilities.add(new Ability("Check the service", "Health and metrics of this node.", "/actuator/health"));
        }
        return abilities;
    }
}
