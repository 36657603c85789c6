package dev.drawbridge.console;

import dev.drawbridge.approval.WithdrawRequest;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The button on the start page that withdraws what one has asked for. */
@Controller
class WithdrawalForm {
    private final WithdrawRequest withdrawal;

    WithdrawalForm(WithdrawRequest withdrawal) {
        this.withdrawal = withdrawal;
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
}
