package dev.drawbridge.publication;

import dev.drawbridge.platform.CannotStart;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Whether a second process owner has to agree before anything comes into force: {@code drawbridge.publication.agreement}. */
@Component
public class Agreement {
    private final boolean required;

    Agreement(@Value("${drawbridge.publication.agreement:none}") String agreement) {
        if (!agreement.equals("none") && !agreement.equals("required")) {
            throw new CannotStart(
                    "drawbridge.publication.agreement is '" + agreement + "'.",
                    "Set it to 'required', or to 'none', as it is where nothing is set.");
        }
        this.required = agreement.equals("required");
    }

    /** Whether it is so. */
    public boolean isRequired() {
        return required;
    }
}
