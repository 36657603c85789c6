package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.MailServer;
import dev.drawbridge.testing.World;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Everybody reads times on one clock, their own, wherever they read them. */
@DrawbridgeTest
class ClockTest {
    private static final GreenMail MAIL = MailServer.running();
    private static final String KOLKATA = "Asia/Kolkata";
    private static final String NEW_YORK = "America/New_York";
    private static final String BERLIN = "Europe/Berlin";

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() throws Exception {
        world.startAfresh();
        forgetZones();
        world.jdbc()
                .sql("insert into mail_sent select id, now() from mail where id not in (select mail_id from mail_sent)")
                .update();
        MAIL.purgeEmailFromAllMailboxes();
    }

    @AfterEach
    void forgetZones() {
        world.jdbc().sql("delete from account_zone").update();
    }

    private String told(String zone, Instant moment) {
        return new WallClock(ZoneId.of(zone), world.clock().instant()).moment(moment);
    }

    private void choose(String who, String zone) {
        Map<String, String> choice = new HashMap<>();
        choice.put("zone", zone);
        assertThat(world.call(who, "PUT", "/api/v1/clock", choice).status()).isEqualTo(200);
    }

    private String zone(String who) {
        return world.get(who, "/api/v1/clock").get("zone");
    }

    private String mailTo(String person) throws Exception {
        world.runScheduled("SendMail");
        StringBuilder text = new StringBuilder();
        for (MimeMessage message : MAIL.getReceivedMessages()) {
            if (message.getRecipients(Message.RecipientType.TO)[0].toString().equals(person + "@example.com")) {
                text.append(text((MimeMultipart) message.getContent()));
            }
        }
        return text.toString();
    }

    private static String text(MimeMultipart parts) throws Exception {
        Object first = parts.getBodyPart(0).getContent();
        return first instanceof MimeMultipart within ? text(within) : first.toString();
    }

    private static Map<String, String> browserIn(String zone) {
        return Map.of("Cookie", "DRAWBRIDGE-ZONE=" + zone);
    }

    private Instant instant(UUID id, String pointer) {
        return Instant.parse(world.show(id).at(pointer).asText());
    }

    @Test
    void tellsTwoApproversOfOneRequestOneDeadlineEachOnTheirOwnClockOnThePageAndInMail() throws Exception {
        choose("owner", KOLKATA);
        choose("owner2", NEW_YORK);

        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");

        Instant deadline = Instant.parse(world.get("owner", "/api/v1/access-requests/" + id + "/approval")
                .json()
                .at("/open/deadlineAt")
                .asText());
        assertThat(told(KOLKATA, deadline)).endsWith(" IST").isNotEqualTo(told(NEW_YORK, deadline));
        for (Map.Entry<String, String> reader :
                Map.of("owner", KOLKATA, "owner2", NEW_YORK).entrySet()) {
            String time = told(reader.getValue(), deadline);
            assertThat(world.get(reader.getKey(), "/").text()).contains(time);
            assertThat(mailTo(reader.getKey())).contains("It times out on " + time + ".");
        }
    }

    @Test
    void tellsOneEndEachOnTheirOwnClockOnThePagesInMailAndInTheStoryByRest() throws Exception {
        choose("engineer", KOLKATA);
        choose("operator", NEW_YORK);

        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");

        Instant end = instant(id, "/grant/expiresAt");
        String inKolkata = told(KOLKATA, end);
        String inNewYork = told(NEW_YORK, end);
        assertThat(world.get("engineer", "/").text()).contains(inKolkata);
        assertThat(mailTo("engineer")).contains("active until " + inKolkata + ".");
        assertThat(story("engineer", id)).anyMatch(sentence -> sentence.endsWith(" until " + inKolkata + "."));
        assertThat(story("operator", id)).anyMatch(sentence -> sentence.endsWith(" until " + inNewYork + "."));
        assertThat(world.get("operator", "/operations").text())
                .contains(new WallClock(ZoneId.of(NEW_YORK), world.clock().instant()).brief(end));
    }

    private List<String> story(String who, UUID id) {
        return world.get(who, "/api/v1/access-requests/" + id + "/trail").json().findValuesAsText("sentence");
    }

    @Test
    void leavesTheTimesThatPeopleWroteAsTheyWroteThem() {
        choose("engineer", KOLKATA);
        Instant start = world.clock().instant().plus(Duration.ofDays(1));
        Map<String, String> ask = World.ask("orders-write", "PT1H", "justification", "At " + start + " as agreed");
        ask.put("startsAt", start.toString());

        UUID id = world.request("engineer", ask);

        assertThat(story("engineer", id).get(0))
                .contains(" from " + told(KOLKATA, start) + " ")
                .endsWith("“At " + start + " as agreed”");
    }

    @Test
    void refusesOnTheClockOfWhoeverIsRefused() {
        choose("manager", KOLKATA);
        Instant from = world.clock().instant().plus(Duration.ofDays(1));
        Instant until = from.plus(Duration.ofDays(2));
        Map<String, String> deputy = Map.of("deputy", "manager2", "from", from.toString(), "until", until.toString());
        assertThat(world.post("manager", "/api/v1/deputies", deputy).status()).isEqualTo(201);

        assertThat(world.post("manager", "/api/v1/deputies", deputy).get("detail"))
                .contains("from " + told(KOLKATA, from) + " until " + told(KOLKATA, until) + " already");
    }

    @Test
    void takesTheAccountsZoneElseTheBrowsersElseTheCalendars() {
        Browser browser = Browser.of(world, "engineer", "engineer");
        assertThat(zone("engineer")).isEqualTo(BERLIN);

        assertThat(browser.call("GET", "/", null, browserIn(NEW_YORK)).body()).contains("Times in", "America/New York");
        assertThat(zone("engineer")).as("kept for mail").isEqualTo(NEW_YORK);

        choose("engineer", KOLKATA);
        assertThat(browser.call("GET", "/", null, browserIn(NEW_YORK)).body()).contains("Asia/Kolkata");

        choose("engineer", null);
        assertThat(zone("engineer")).isEqualTo(NEW_YORK);
        assertThat(zone("engineer2")).as("nobody else's").isEqualTo(BERLIN);
    }

    @Test
    void writesToOthersOnTheirClockAndNotOnThatOfTheBrowserThatCalls() throws Exception {
        Browser browser = Browser.of(world, "engineer", "engineer");
        browser.call("GET", "/", null, browserIn(NEW_YORK));

        String id = browser.call(
                        "POST",
                        "/api/v1/access-requests",
                        "{\"entitlement\":\"orders-write\",\"duration\":\"PT1H\",\"justification\":\"Mend it\",\"ticket\":\"OPS-1\"}",
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "X-CSRF-TOKEN",
                                browser.cookie("DRAWBRIDGE-CSRF"),
                                "Cookie",
                                "DRAWBRIDGE-ZONE=" + NEW_YORK))
                .body()
                .replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        world.runDueJobs();

        assertThat(mailTo("manager")).containsPattern("It times out on \\w{3} \\d+ \\w{3}, \\d\\d:\\d\\d CES?T\\.");
        assertThat(world.state(UUID.fromString(id))).isEqualTo("PENDING_APPROVAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "+05:30", "<script>", "..", "", "%00", "GMT+5", "asia/kolkata"})
    void ignoresOddCookies(String zone) {
        Browser browser = Browser.of(world, "engineer", "engineer");

        assertThat(browser.call("GET", "/", null, browserIn(zone)).statusCode()).isEqualTo(200);
        assertThat(browser.call("GET", "/", null, browserIn(zone)).body()).contains("Europe/Berlin");
        assertThat(world.jdbc()
                        .sql("select count(*) from account_zone")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void refusesAZoneThatNobodyKnowsInASentenceAndKeepsTheOneOfBefore() {
        choose("engineer", KOLKATA);
        Map<String, String> choice = Map.of("zone", "Atlantis");

        var refused = world.call("engineer", "PUT", "/api/v1/clock", choice);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.get("detail"))
                .isEqualTo(
                        "There is no time zone 'Atlantis'. Name it by a city, like Europe/Berlin or America/New York.");
        assertThat(zone("engineer")).isEqualTo(KOLKATA);
    }

    @Test
    void takesAZoneOnThePageAsPeopleTypeItAndSaysWhatTimeItIsThen() {
        Browser browser = Browser.of(world, "engineer", "engineer");

        assertThat(form(browser, "/clock", Map.of("zone", "Atlantis")).body()).isEmpty();
        assertThat(browser.call("GET", "/clock", null, Map.of()).body()).contains("There is no time zone");

        form(browser, "/clock", Map.of("zone", " america/new york "));

        assertThat(browser.call("GET", "/", null, Map.of()).body())
                .contains("You read times in America/New York now: it is "
                        + told(NEW_YORK, world.clock().instant()));
        assertThat(zone("engineer")).isEqualTo(NEW_YORK);
    }

    private java.net.http.HttpResponse<String> form(Browser browser, String path, Map<String, String> fields) {
        StringBuilder body = new StringBuilder("_csrf=" + browser.cookie("DRAWBRIDGE-CSRF"));
        fields.forEach((name, value) ->
                body.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return browser.call("POST", path, body.toString(), Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    @Test
    void understandsTheDaysThatAreTypedInTheChosenZone() {
        choose("manager", KOLKATA);
        Browser browser = Browser.of(world, "manager", "manager");
        LocalDate day =
                LocalDate.ofInstant(world.clock().instant(), ZoneId.of(KOLKATA)).plusDays(3);

        form(browser, "/deputies", Map.of("deputy", "manager2", "from", "" + day, "until", "" + day));

        var deputy = world.get("manager", "/api/v1/deputies").json().get(0);
        Instant midnight = day.atStartOfDay(ZoneId.of(KOLKATA)).toInstant();
        assertThat(Instant.parse(deputy.get("startsAt").asText())).isEqualTo(midnight);
        assertThat(Instant.parse(deputy.get("endsAt").asText())).isEqualTo(midnight.plus(Duration.ofDays(1)));
        assertThat(browser.call("GET", "/", null, Map.of()).body())
                .contains("by the clock of Asia/Kolkata", told(KOLKATA, midnight), "at midnight in");
    }

    @Test
    void forgetsTheZoneWithTheAccount() {
        IdentityService identities = world.engine().getIdentityService();
        for (int time = 0; time < 2; time++) {
            User user = identities.newUser("traveller");
            user.setPassword("traveller");
            identities.saveUser(user);
            identities.createMembership("traveller", "engineers");
            assertThat(zone("traveller")).isEqualTo(BERLIN);
            choose("traveller", KOLKATA);
            assertThat(zone("traveller")).isEqualTo(KOLKATA);
            identities.deleteUser("traveller");
        }
    }
}
