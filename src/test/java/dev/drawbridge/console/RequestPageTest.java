package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The page of one request, by what it says. */
@DrawbridgeTest
class RequestPageTest {
    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private String page(String who, UUID id) {
        return world.get(who, "/requests/" + id)
                .text()
                .replaceAll("(?s)^.*<main", "<main")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void saysWhyPeopleAreAskedAndWhatWouldHaveHelped() {
        world.clock().advance(Duration.ofHours(10));
        UUID id = world.request("engineer", "orders-read", "PT2H");

        assertThat(page("engineer", id))
                .contains("Orders, masked", "waiting for approval", "Asked for by Erin Engineer on Tue")
                .contains("People have to agree before access is given.")
                .contains("Moderate access outside office hours needs your manager.")
                .contains("Rules that also had something to say: Personal columns stay masked.")
                .contains("It would have been granted automatically for one hour or less and in office hours")
                .contains("Asked for two hours, with ticket OPS-1234")
                .contains("The access reading, moderate sensitivity, production, personal data masked")
                .contains("Tuesday, 22:00 by the calendar of the rules, outside office hours")
                .contains("Held then nothing else")
                .contains("Granted automatically not once in the 24 hours before")
                .contains("Judged by publication ")
                .doesNotContain("==", "Asked(", "PT2H", "null");
        assertThat(page("manager", id)).contains("Why it was decided so");
    }

    @Test
    void saysWhatWouldHaveMadeItPossible() {
        UUID id = world.request("engineer", World.ask("orders-write", "PT30M", "ticket", ""));

        assertThat(page("engineer", id))
                .contains("refused by a rule", "The rules refuse it.")
                .contains("Changes to production need a ticket; add its number, such as OPS-1234.")
                .contains("It would not have been refused with a ticket")
                .contains("without a ticket");
    }

    @Test
    void saysThatItWasLookedAtAgain() {
        UUID id = world.request("engineer", "app-logs-read", "PT30M");

        assertThat(page("engineer", id))
                .contains("The rules allow it: nobody has to agree.")
                .contains("Looked at again when access was to be given")
                .contains("The rules did not refuse it.")
                .contains("Rules that nearly counted")
                .contains("Low-sensitivity access for longer than an hour needs your manager.")
                .doesNotContain("What would have helped");
    }

    @Test
    void isNotThereForOthers() {
        UUID id = world.request("engineer", "app-logs-read", "PT30M");

        assertThat(world.get("engineer2", "/requests/" + id).status()).isEqualTo(404);
        assertThat(world.get("engineer", "/requests/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void isLinkedFromTheStartPage() {
        UUID open = world.request("engineer", "orders-write", "PT30M");
        UUID over = world.request("contractor", "orders-admin", "PT1H");

        assertThat(world.get("engineer", "/").text()).contains("href=\"/requests/" + open + "\"");
        assertThat(world.get("manager", "/").text()).contains("href=\"/requests/" + open + "\"");
        assertThat(world.get("contractor", "/").text()).contains("href=\"/requests/" + over + "\"");
    }
}
