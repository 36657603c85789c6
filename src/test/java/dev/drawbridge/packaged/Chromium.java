package dev.drawbridge.packaged;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Chromium on the PATH, else the one that Playwright fetches. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        // Tasklist loads much on a machine that is busy; what is wrong is wrong after a while, too.
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        Optional<Path> installed = Tools.find("chromium", "chromium-browser", "google-chrome", "chrome");
        try {
            Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"));
            installed.ifPresent(options::setExecutablePath);
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (PlaywrightException nowhere) {
            Tools.missing("No Chromium is on the PATH, and Playwright could not fetch one: "
                    + nowhere.getMessage().lines().findFirst().orElse(""));
            throw nowhere;
        }
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
