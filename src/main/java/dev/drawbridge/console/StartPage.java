package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.News;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page at {@code /}: what waits for one's answer, what one has open, what one may do here, and the way on. */
@Controller
class StartPage {
    static final String TASKLIST = "/camunda/app/tasklist/default/";

    private final ReadStart start;
    private final OwnRequests own;
    private final WantedAnswers wanted;
    private final DeputyForm deputies;
    private final Abilities abilities;
    private final News news;

    StartPage(
            ReadStart start,
            OwnRequests own,
            WantedAnswers wanted,
            DeputyForm deputies,
            Abilities abilities,
            News news) {
        this.start = start;
        this.own = own;
        this.wanted = wanted;
        this.deputies = deputies;
        this.abilities = abilities;
        this.news = news;
    }

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
        ReadStart.Read read = start.of(caller);
        Directory.Person me = read.me();
        OwnRequests.All mine = own.lines(read.own(), read.looked().open(), clock);
        List<WantedAnswers.Line> waiting = wanted.lines(read.looked().asked(), me, clock);
        List<DeputyForm.Line> deputyLines = deputies.lines(read.appointed(), me, clock);
        boolean answers = !waiting.isEmpty() || !deputyLines.isEmpty() || abilities.answers(me);
        model.addAttribute("me", me);
        model.addAttribute("groups", start.groupsOf(me));
        model.addAttribute("abilities", abilities.of(me, answers));
        model.addAttribute("asks", abilities.asks(me));
        model.addAttribute("waiting", waiting);
        model.addAttribute("toDo", wanted.tasks(read.looked().toDo(), clock));
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

    /** A link in a mail: through the sign-in page, which would lose what follows the hash, to the very task. */
    @GetMapping("/tasks/{id}")
    String task(@PathVariable String id) {
        return "redirect:" + TASKLIST + "#/?task=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    @GetMapping("/guides")
    String guides() {
        return "guides";
    }
}
