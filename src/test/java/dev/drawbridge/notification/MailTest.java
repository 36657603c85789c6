package dev.drawbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.MailServer;
import dev.drawbridge.testing.World;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Mail as people read it, from a real mail server. */
@DrawbridgeTest
class MailTest {
    private static final GreenMail SERVER = MailServer.running();

    @Autowired
    World world;

    @AfterEach
    void keepTheServerRunning() {
        MailServer.running();
    }

    @BeforeEach
    void startAfresh() throws Exception {
        world.startAfresh();
        // What other tests left unsent is no business of this one.
        world.jdbc()
                .sql("insert into mail_sent select id, now() from mail where id not in (select mail_id from mail_sent)")
                .update();
        SERVER.purgeEmailFromAllMailboxes();
    }

    /** All mail so far, as "to: subject". */
    private List<String> delivered() throws MessagingException {
        return MailServer.delivered(world);
    }

    @Test
    void tellsApproversThatTheyAreNeededWithALinkToTheVeryTask() throws Exception {
        world.request("engineer", World.ask("orders-write", "PT1H", "justification", "Mend <b>order</b> 4711"));

        assertThat(delivered())
                .containsExactly("manager@example.com: Your answer is needed: Orders, change data for Erin Engineer");
        MimeMessage message = SERVER.getReceivedMessages()[0];
        String body = new String(
                GreenMailUtil.getBody(message).replace("=\r\n", "").getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        assertThat(body).contains("text/plain", "text/html", "Erin Engineer asks for Orders, change data");
        assertThat(body).as("text stays text").contains("&lt;b&gt;order&lt;/b&gt;");
        Matcher link = Pattern.compile("https://drawbridge.example.com(/requests/[0-9a-f-]+/task)")
                .matcher(body);
        assertThat(link.find()).isTrue();

        HttpResponse<String> followed = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(world.url(link.group(1))))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                "manager:manager".getBytes(StandardCharsets.UTF_8)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        String task = world.get("manager", "/engine-rest/task")
                .json()
                .get(0)
                .path("id")
                .asText();
        assertThat(followed.headers().firstValue("Location").orElseThrow()).endsWith("/tasks/" + task);
        assertThat(world.get("manager", "/tasks/" + task)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("#/?task=" + task);
    }

    @Test
    void pingsNobodyForWhatIsGrantedAutomatically() throws Exception {
        world.request("engineer", "app-logs-read", "PT1M");
        world.pass(Duration.ofMinutes(1));

        assertThat(delivered()).isEmpty();
    }

    @Test
    void tellsTheOtherOwnerThatItIsTakenCareOfAndTheRequesterThatItIsGranted() throws Exception {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");

        assertThat(delivered())
                .containsExactlyInAnyOrder(
                        "manager@example.com: Your answer is needed: Orders, change data for Erin Engineer",
                        "owner@example.com: Your answer is needed: Orders, change data for Erin Engineer",
                        "owner2@example.com: Your answer is needed: Orders, change data for Erin Engineer",
                        "owner2@example.com: Taken care of: Orders, change data for Erin Engineer",
                        "engineer@example.com: Granted: Orders, change data for Erin Engineer");
    }

    @Test
    void tellsTheRequesterOfARefusalWithItsReasonAndOfAQuestion() throws Exception {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "ask");
        world.act("engineer", id, "answer", Map.of("answer", "Because"));
        world.decide("manager", id, "reject");

        assertThat(delivered())
                .contains(
                        "engineer@example.com: A question: Orders, change data for Erin Engineer",
                        "manager@example.com: Your question is answered: Orders, change data for Erin Engineer",
                        "engineer@example.com: Not granted: Orders, change data for Erin Engineer");
        assertThat(bodyOf("Not granted")).contains("I have looked at it");
    }

    private static String bodyOf(String subject) throws MessagingException {
        for (MimeMessage message : SERVER.getReceivedMessages()) {
            if (message.getSubject().startsWith(subject)) {
                return GreenMailUtil.getBody(message);
            }
        }
        throw new AssertionError("No mail of this subject: " + subject);
    }

    @Test
    void tellsWhoHoldsAccessThatMoreTimeOfItWasRefusedAndWhoLetAQuestionGoByThatItDid() throws Exception {
        UUID held = world.request("engineer", "app-logs-read", "PT1H");
        world.act("engineer", held, "extension", Map.of("duration", "PT2H", "justification", "Not done yet"));
        UUID more = UUID.fromString(world.show(held).path("extensions").get(0).asText());
        world.decide("manager", more, "reject");
        UUID asked = world.request("engineer2", "orders-write", "PT1H");
        world.decide("manager", asked, "ask");
        for (int hour = 0; hour < 60; hour++) {
            world.pass(Duration.ofHours(1));
        }

        assertThat(delivered())
                .contains(
                        "manager@example.com: Your answer is needed: Application logs, more time for Erin Engineer",
                        "engineer@example.com: Not granted: Application logs, more time for Erin Engineer",
                        "engineer2@example.com: A question: Orders, change data for Emil Engineer",
                        "engineer2@example.com: No answer came: Orders, change data for Emil Engineer");
        for (MimeMessage message : SERVER.getReceivedMessages()) {
            String body = GreenMailUtil.getBody(message).replace("=\r\n", "");
            if (message.getSubject().startsWith("Not granted")) {
                assertThat(body).contains("You were not given more time; your access ends as before.");
            }
            if (message.getSubject().startsWith("A question")) {
                assertThat(body).contains("Answer by ", "/requests/" + asked + "/task");
            }
        }
    }

    @Test
    void remindsApproversAndTellsWhoMayAnswerAsWell() throws Exception {
        world.request("engineer", "orders-write", "PT1H");
        for (int hour = 0; hour < 22; hour++) {
            world.pass(Duration.ofHours(1));
        }

        assertThat(delivered())
                .contains("manager@example.com: Reminder: Orders, change data for Erin Engineer")
                .filteredOn(mail -> mail.contains("You may answer as well"))
                .as("who has been asked all along is told nothing new")
                .containsExactly("manager2@example.com: You may answer as well: Orders, change data for Erin Engineer");
    }

    @Test
    void losesNothingAndHoldsUpNothingWhileTheMailServerIsDownForAnHour() throws Exception {
        SERVER.stop();
        UUID id = world.request("engineer", "orders-write", "PT1H");
        for (int minute = 0; minute < 60; minute++) {
            world.pass(Duration.ofMinutes(1));
            world.runScheduled("SendMail");
        }
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
        assertThat(world.decide("owner", id, "approve").status()).isEqualTo(200);
        assertThat(world.state(id)).isEqualTo("ACTIVE");

        SERVER.start();
        world.clock().advance(Duration.ofMinutes(16));

        assertThat(delivered())
                .hasSize(5)
                .contains("engineer@example.com: Granted: Orders, change data for Erin Engineer");
        assertThat(delivered()).as("each once").hasSize(5);
    }
}
