package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.platform.CurrentSignIn;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page the clock of whoever reads it, which its head names; none where nobody is signed in. */
@ControllerAdvice(basePackageClasses = ReadersClock.class)
class ReadersClock {
    private final WallClocks clocks;

    ReadersClock(WallClocks clocks) {
        this.clocks = clocks;
    }

    @ModelAttribute("clock")
    WallClocks.@Nullable Kept clock() {
        if (CurrentSignIn.find().isEmpty()) {
            return null;
        }
        clocks.remember();
        return clocks.ofReader();
    }
}
