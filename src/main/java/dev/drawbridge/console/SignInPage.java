package dev.drawbridge.console;

import dev.drawbridge.platform.Providers;
import dev.drawbridge.platform.TooManySignIns;
import dev.drawbridge.process.DemoAccounts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.WebAttributes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The sign-in page. */
@Controller
class SignInPage {
    private static final int LONGEST_WAIT = 3_600;

    private final ObjectProvider<DemoAccounts> demo;
    private final Providers providers;

    SignInPage(ObjectProvider<DemoAccounts> demo, Providers providers) {
        this.demo = demo;
        this.providers = providers;
    }

    /** Signs in somebody anew who is signed in already, or with a second factor, and leads back to the page that they were on. */
    @GetMapping("/sign-in/again")
    String again(@RequestParam(defaultValue = "anew") String more, @RequestParam(defaultValue = "/") String back) {
        return providers.all().stream()
                .findFirst()
                .map(provider -> "redirect:"
                        + UriComponentsBuilder.fromPath("/sign-in/with/{provider}")
                                .queryParam("more", "{more}")
                                .queryParam("back", "{back}")
                                .encode()
                                .buildAndExpand(provider.id(), more, back)
                                .toUriString())
                .orElse("redirect:/sign-in");
    }

    @GetMapping("/sign-in")
    String signIn(
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable Integer wait,
            @RequestParam(required = false) @Nullable String signedOut,
            HttpServletRequest request,
            Model model) {
        if (wait != null) {
            model.addAttribute("problem", TooManySignIns.sentence(Math.max(1, Math.min(wait, LONGEST_WAIT))));
        } else if (error != null) {
            model.addAttribute("problem", reason(request));
        } else if (signedOut != null) {
            model.addAttribute("message", "You are signed out.");
        }
        model.addAttribute("providers", providers.all());
        DemoAccounts accounts = demo.getIfAvailable();
        model.addAttribute("demoAccounts", accounts == null ? List.of() : accounts.all());
        return "sign-in";
    }

    private static String reason(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(WebAttributes.AUTHENTICATION_EXCEPTION) instanceof AuthenticationException why
                && why.getMessage() != null) {
            return why.getMessage();
        }
        return "Account and password do not fit together.";
    }
}
