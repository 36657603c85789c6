package dev.drawbridge.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Issuer;
import dev.drawbridge.testing.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody who is sent to sign in with a second factor, from Tasklist's start form, and comes back to it. */
@DrawbridgeTest
class StepUpTest {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("drawbridge.screenshots", "target/screenshots"));

    @Autowired
    World world;

    @Test
    void findsWhatWasTypedAndAnotherVerdict() {
        world.startAfresh();
        String person = "stepping-" + UUID.randomUUID().toString().substring(0, 8);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser()
                    .newContext(new Browser.NewContextOptions().setLocale("en-US"))
                    .newPage();
            Issuer.signsIn(Issuer.idClaims(world.clock().instant(), person, "engineers"));
            page.navigate(world.url("/"));
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("sign-in-provider.png")));
            page.getByText("Sign in with the company").click();
            page.locator("a.card").getByText("Ask for access").click();
            page.locator("[data-entitlement=orders-write]").click();
            page.locator("#db-minutes").fill("240");
            page.locator("#db-ticket").fill("OPS-4711");
            page.locator("#db-why").fill("Repair the orders of “Monday”");
            Locator verdict = page.locator("#db-preview");
            assertThat(verdict).containsText("without a second factor lasts two hours at most");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("step-up.png")));

            Map<String, Object> more = Issuer.idClaims(world.clock().instant(), person, "engineers");
            more.put("acr", "gold");
            Issuer.signsIn(more);
            page.locator("#db-again").click();

            // Tasklist is loaded anew.
            page.locator("#db-why").waitFor();
            assertThat(page.locator("#db-why")).hasValue("Repair the orders of “Monday”");
            assertThat(page.locator("#db-ticket")).hasValue("OPS-4711");
            assertThat(page.locator("[data-entitlement=orders-write]")).hasAttribute("aria-pressed", "true");
            assertThat(verdict).containsText("Needs approval");
            assertThat(verdict).not().containsText("second factor");
            assertThat(page.locator("#db-again")).hasCount(0);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("stepped-up.png")));
        }
    }
}
