package dev.drawbridge.console;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.guardrails.Imagining;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.PublicationDesk;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Tries a request of one's imagination on the guardrails in force, or on those of another publication. */
@Controller
@RequestMapping("/guardrails/what-if")
class WhatIfPage {
    private final PublicationDesk desk;
    private final Catalog catalog;
    private final Imagining imagining;
    private final ReceiptLines receipts;
    private final Clock clock;

    WhatIfPage(PublicationDesk desk, Catalog catalog, Imagining imagining, ReceiptLines receipts, Clock clock) {
        this.desk = desk;
        this.catalog = catalog;
        this.imagining = imagining;
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * What the form holds.
     *
     * @param at on the reader's own clock, as a browser writes it; none: now
     * @param duration ISO-8601
     */
    record Form(
            @Nullable String entitlement,
            @Nullable String duration,
            @Nullable String ticket,
            @Nullable Set<String> groups,
            @Nullable Boolean mfa,
            @Nullable String at,
            @Nullable Integer automaticGrants,
            @Nullable List<String> held) {}

    @GetMapping
    String show(
            Form form,
            @RequestParam(required = false) @Nullable Long number,
            @ModelAttribute(name = "clock", binding = false) WallClocks.Kept kept,
            Model model) {
        long shown = number == null
                ? desk.latest(me()).number()
                : desk.life(me(), number).publication().number();
        ZoneId zone = kept.clock().zone();
        model.addAttribute("number", shown);
        model.addAttribute("form", form);
        model.addAttribute(
                "at",
                form.at() == null
                        ? LocalDateTime.ofInstant(clock.instant(), zone).truncatedTo(ChronoUnit.MINUTES)
                        : form.at());
        model.addAttribute("entitlements", catalog.all());
        model.addAttribute("groups", catalog.words().groups().stream().sorted().toList());
        if (form.entitlement() != null) {
            try {
                model.addAttribute(
                        "receipt", receipts.of(imagining.of(me(), shown, imagined(form, kept)), kept.clock()));
            } catch (Refusal refused) {
                if (refused.kind() == Refusal.Kind.FORBIDDEN) {
                    throw refused;
                }
                model.addAttribute("problem", refused.sentence());
            }
        }
        return "what-if";
    }

    private Imagining.Imagined imagined(Form form, WallClocks.Kept kept) {
        return new Imagining.Imagined(
                form.entitlement() == null ? "" : form.entitlement(),
                duration(form.duration()),
                form.ticket() == null ? "" : form.ticket().strip(),
                form.groups() == null ? Set.of() : form.groups(),
                Boolean.TRUE.equals(form.mfa()),
                Duration.ofMinutes(5),
                form.at() == null || form.at().isBlank()
                        ? clock.instant()
                        : kept.clock().typed(local(form.at())),
                form.automaticGrants() == null ? 0 : Math.max(0, Math.min(1_000, form.automaticGrants())),
                form.held() == null ? List.of() : form.held());
    }

    private static Duration duration(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? Duration.ofHours(1) : Duration.parse(text.strip());
        } catch (DateTimeParseException wrong) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "duration", "invalid-duration", "Say for how long, such as PT1H or PT30M.");
        }
    }

    private static LocalDateTime local(String text) {
        try {
            return LocalDateTime.parse(text.strip());
        } catch (DateTimeParseException wrong) {
            throw Refusal.ofField(Refusal.Kind.INVALID, "at", "invalid-moment", "Say when, such as 2027-01-12T10:00.");
        }
    }

    private static SignIn me() {
        return CurrentSignIn.require();
    }
}
