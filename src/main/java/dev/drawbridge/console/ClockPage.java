package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.platform.Refusal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page where one chooses the zone in which one reads times. */
@Controller
@RequestMapping("/clock")
class ClockPage {
    private final WallClocks clocks;

    ClockPage(WallClocks clocks) {
        this.clocks = clocks;
    }

    @GetMapping
    String show(Model model) {
        model.addAttribute("zones", WallClocks.offered());
        return "clock";
    }

    /** {@code zone} left out: none of one's own. */
    @PostMapping
    String choose(@RequestParam(defaultValue = "") String zone, RedirectAttributes then) {
        try {
            clocks.choose(zone);
        } catch (Refusal refused) {
            then.addFlashAttribute("message", refused.sentence());
            then.addFlashAttribute("typed", zone);
            return "redirect:/clock";
        }
        WallClock clock = clocks.ofReader().clock();
        then.addFlashAttribute(
                "message", "You read times in " + clock.place() + " now: it is " + clock.moment(clock.now()) + ".");
        return "redirect:/";
    }
}
