package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.guardrails.Receipts;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.request.InWords;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of one request, for those who may see it: what was asked for, what has happened, and why. */
@Controller
class RequestPage {
    private final RequestViews views;
    private final Receipts receipts;
    private final ReceiptLines lines;
    private final StoryLines story;
    private final ProofLink proof;

    RequestPage(RequestViews views, Receipts receipts, ReceiptLines lines, StoryLines story, ProofLink proof) {
        this.views = views;
        this.receipts = receipts;
        this.lines = lines;
        this.story = story;
        this.proof = proof;
    }

    @GetMapping("/requests/{id}")
    @Transactional(readOnly = true)
    String show(
            @PathVariable UUID id, @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept, Model model) {
        WallClock clock = kept.clock();
        RequestView request = views.require(CurrentSignIn.require().person(), id);
        model.addAttribute("request", request);
        model.addAttribute(
                "badge",
                request.waitsForPeople() ? InWords.WAITING : InWords.badge(request.state(), request.outcome()));
        model.addAttribute("length", InWords.length(Duration.parse(request.duration())));
        model.addAttribute("asked", clock.moment(request.submittedAt()));
        model.addAttribute("starts", request.startsAt() == null ? null : clock.moment(request.startsAt()));
        model.addAttribute(
                "receipt",
                receipts.of(id).map(receipt -> lines.of(receipt, clock)).orElse(null));
        model.addAttribute("story", story.of(request, id, clock));
        model.addAttribute("proof", proof.of(id));
        return "request";
    }
}
