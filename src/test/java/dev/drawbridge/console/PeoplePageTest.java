package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages on which administrators record who leads whom. */
@DrawbridgeTest
class PeoplePageTest {
    /** As an account may be called, and a path may not. */
    private static final String ID = "new/comer@example.com";

    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"([^\"]*)\"");

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        User user = identities().newUser(ID);
        user.setFirstName("Nia");
        user.setLastName("Newcomer");
        user.setPassword("secret");
        identities().saveUser(user);
        identities().createMembership(ID, "engineers");
    }

    @AfterEach
    void forget() {
        identities().deleteUser(ID);
    }

    private IdentityService identities() {
        return world.engine().getIdentityService();
    }

    private static String page(Browser browser, String path) {
        return browser.call("GET", path, null, Map.of()).body();
    }

    private static String of(String id) {
        return "/people/person?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static String version(String page) {
        Matcher version = VERSION.matcher(page);
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static HttpResponse<String> save(Browser browser, String id, String version, String fields) {
        return browser.call(
                "POST",
                "/people/person",
                "id=" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "&version=" + version + fields + "&_csrf="
                        + browser.cookie("DRAWBRIDGE-CSRF"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    @Test
    void findAPersonAndSaveWhoLeadsThemAndUntilWhenTheyAreInAGroup() {
        Browser administrator = Browser.of(world, "administrator", "administrator");
        assertThat(page(administrator, "/people?q=newcomer"))
                .contains("Nia Newcomer")
                .doesNotContain("Erin Engineer");
        String year = String.valueOf(
                world.clock().instant().atZone(java.time.ZoneOffset.UTC).getYear() + 1);

        HttpResponse<String> saved = save(
                administrator,
                ID,
                version(page(administrator, of(ID))),
                "&employment=CONTRACTOR&manager=manager2&manager=manager&manager=&sponsor=owner&mentor=&group=engineers&until="
                        + "&group=contractors&until=" + year + "-01-31");

        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(302);
        String page = page(administrator, of(ID));
        assertThat(page)
                .contains("Saved: what is recorded of Nia Newcomer counts from now on.", "Milo Manager", "Olga Owner")
                .contains("value=\"" + year + "-01-31\"");
        assertThat(page(administrator, "/people?q=newcomer"))
                .contains("Milo Manager, then Mara Manager", "Contractors until");
        assertThat(world.lastEntry()).contains("joins Contractors until " + year + "-01-31T23:00:00Z");

        save(
                administrator,
                ID,
                version(page),
                "&manager=manager&group=engineers&until=&group=contractors&until=&remove=contractors");
        assertThat(world.lastEntry()).contains("leaves Contractors", "sponsor: none, before: Olga Owner (owner)");
    }

    @Test
    void sayWhatDoesNotFitAndKeepWhatWasTyped() {
        Browser administrator = Browser.of(world, "administrator", "administrator");
        String version = version(page(administrator, of(ID)));

        String refused = save(administrator, ID, version, "&manager=ghost&sponsor=owner&group=engineers&until=")
                .body();
        assertThat(refused)
                .contains("There is nobody with the account &#39;ghost&#39;", "value=\"ghost\"", "value=\"owner\"");
        assertThat(save(administrator, ID, "stale", "&group=engineers&until=").body())
                .contains("was changed since you read it");
        assertThat(save(administrator, ID, version, "&group=engineers&until=2027-02-31")
                        .body())
                .contains("There is no such day in the calendar.");

        assertThat(version(page(administrator, of(ID)))).isEqualTo(version);
    }

    @Test
    void letNobodyChangeTheirOwnRecordAndShowOthersNothing() {
        Browser administrator = Browser.of(world, "administrator", "administrator");
        String own = page(administrator, of("administrator"));
        assertThat(own).contains("This is your own record.").doesNotContain(">Save<");
        assertThat(save(administrator, "administrator", version(own), "&manager=manager")
                        .statusCode())
                .isEqualTo(403);

        Browser engineer = Browser.of(world, "engineer", "engineer");
        assertThat(engineer.get("/people")).isEqualTo(403);
        assertThat(engineer.get(of(ID))).isEqualTo(403);
        assertThat(save(engineer, ID, "x", "&manager=engineer").statusCode()).isEqualTo(403);
        assertThat(page(engineer, "/")).doesNotContain("href=\"/people\"");
        assertThat(page(administrator, "/")).contains("href=\"/people\"");
    }
}
