package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DrawbridgeTest
class DevicesTest {
    @Autowired
    World world;

    @Autowired
    Devices devices;

    @Autowired
    KnownPlaces places;

    @Autowired
    Accounts accounts;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private Cookie mark(String person) {
        SignIn who = new SignIn(
                person,
                Set.of(),
                "form",
                false,
                world.clock().instant(),
                "127.0.0.1",
                accounts.now(person).orElseThrow().generation());
        MockHttpServletResponse response = new MockHttpServletResponse();
        devices.mark(who, new MockHttpServletRequest(), response);
        return response.getCookie(Devices.COOKIE);
    }

    @Test
    void marksABrowserForOneAccountAlone() {
        Cookie mark = mark("owner");
        assertThat(mark.isHttpOnly()).isTrue();
        assertThat(mark.getAttribute("SameSite")).isEqualTo("Strict");
        assertThat(mark.getValue()).doesNotContain("owner");
        assertThat(devices.of("owner", mark.getValue())).isPresent();
        assertThat(devices.of("owner2", mark.getValue())).isEmpty();
        assertThat(devices.of("nobody-here", mark.getValue())).isEmpty();
        assertThat(devices.of("owner\0", mark.getValue())).isEmpty();
        String another = mark.getValue().startsWith("x") ? "y" : "x";
        assertThat(devices.of("owner", another + mark.getValue().substring(1))).isEmpty();
        assertThat(devices.of("owner", null)).isEmpty();
        world.clock().advance(Duration.ofDays(91));
        assertThat(devices.of("owner", mark.getValue())).as("months later").isEmpty();
    }

    @Test
    void forgetsABrowserOnceTheAccountIsAnotherOrItsPasswordIs() {
        var identities = world.engine().getIdentityService();
        var passing = identities.newUser("passing");
        passing.setPassword("passing");
        identities.saveUser(passing);
        try {
            String mark = mark("passing").getValue();
            assertThat(devices.of("passing", mark)).isPresent();
            var same = identities.createUserQuery().userId("passing").singleResult();
            same.setPassword("another one");
            identities.saveUser(same);
            assertThat(devices.of("passing", mark)).isEmpty();
        } finally {
            identities.deleteUser("passing");
        }
    }

    @Test
    void knowsAfterARestartAndOnAnotherNodeFromWhereAnAccountLatelySignedIn() {
        places.learn("security2", "192.0.2.77");
        KnownPlaces ofAnotherNode = new KnownPlaces(world.jdbc(), world.clock());
        assertThat(ofAnotherNode.knows("security2", "192.0.2.77")).isTrue();
        assertThat(ofAnotherNode.knows("security2", "192.0.2.78")).isFalse();
        assertThat(ofAnotherNode.knows("owner2", "192.0.2.77")).isFalse();
        assertThat(ofAnotherNode.knows("owner\0", "192.0.2.77")).isFalse();

        world.clock().advance(Duration.ofHours(13));
        assertThat(ofAnotherNode.knows("security2", "192.0.2.77")).isFalse();
        places.forget();
        assertThat(world.jdbc()
                        .sql("select count(*) from known_place")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
