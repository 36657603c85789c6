package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The part of the start page where one names a deputy, by days of one's own zone. */
@Controller
class DeputyForm {
    private static final int SUGGESTED = 200;

    private final Deputies deputies;
    private final Directory people;
    private final Refusals refusals;

    DeputyForm(Deputies deputies, Directory people, Refusals refusals) {
        this.deputies = deputies;
        this.people = people;
        this.refusals = refusals;
    }

    /** Somebody who answers for somebody else, as a line. */
    public record Line(UUID id, String deputyName, String personName, String from, String until, boolean mine) {}

    List<Deputies.Deputy> read(String me) {
        return deputies.list(me);
    }

    /** The groups among whose members the form suggests somebody. */
    Set<String> circles() {
        return deputies.circles();
    }

    /** Whom it suggests beside those. */
    Set<String> named() {
        return deputies.named();
    }

    List<Line> lines(List<Deputies.Deputy> read, Directory.Person me, WallClock clock) {
        Map<String, String> names = people.namesById(read.stream()
                .flatMap(one -> Stream.of(one.deputy(), one.person()))
                .toList());
        return read.stream()
                .map(one -> new Line(
                        one.id(),
                        Objects.requireNonNull(names.get(one.deputy())),
                        Objects.requireNonNull(names.get(one.person())),
                        clock.moment(one.startsAt()),
                        clock.moment(one.endsAt()),
                        one.person().equals(me.id())))
                .toList();
    }

    /** Whom the form suggests: nobody else can be named, but where these are too many for a page. */
    List<Directory.Named> suggestions(Directory.Person me) {
        return deputies.offered(me.id()).stream().limit(SUGGESTED).toList();
    }

    @PostMapping("/deputies")
    String appoint(
            @RequestParam String deputy,
            @RequestParam LocalDate from,
            @RequestParam LocalDate until,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            RedirectAttributes then) {
        WallClock clock = kept.clock();
        return record(
                then,
                () -> people.nameOf(deputy.strip()) + " answers in your place from " + clock.day(from) + " to "
                        + clock.day(until) + ", by the clock of " + clock.place() + ".",
                me -> deputies.appoint(
                        me,
                        deputy.strip(),
                        clock.typed(from.atStartOfDay()),
                        clock.typed(until.plusDays(1).atStartOfDay())));
    }

    @PostMapping("/deputies/{id}/dismissal")
    String dismiss(@PathVariable UUID id, RedirectAttributes then) {
        return record(then, () -> "Your deputy is dismissed.", me -> deputies.dismiss(me, id));
    }

    private String record(RedirectAttributes then, Supplier<String> done, Consumer<String> what) {
        String me = CurrentSignIn.require().person();
        try {
            refusals.onRecord(me, null, () -> what.accept(me));
            then.addFlashAttribute("message", done.get());
        } catch (Refusal refused) {
            then.addFlashAttribute("problem", refused.sentence());
        } catch (DateTimeException tooFar) {
            then.addFlashAttribute("problem", "There is no such day in the calendar.");
        }
        return "redirect:/";
    }
}
