package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.directory.AccountsNow.WithPassword;
import dev.drawbridge.platform.Accounts.Account;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightPasswordsTest {
    private static final WithPassword ACCOUNT = account("made/signed", "hash", "salt");

    private final Clock clock = mock(Clock.class);
    private final RightPasswords right = new RightPasswords(clock);
    private int looks;

    private static WithPassword account(String generation, String hash, String salt) {
        return new WithPassword(new Account(Set.of("engineers"), generation), hash, salt);
    }

    private void after(Duration time) {
        when(clock.millis()).thenReturn(time.toMillis());
    }

    private boolean tried(String id, WithPassword account, String password) {
        return right.fits(id, account, password, () -> {
            looks++;
            return password.equals("right");
        });
    }

    @Test
    void looksOnceAtAPasswordThatIsRightAndAtAWrongOneEachTime() {
        assertThat(tried("ada", ACCOUNT, "right")).isTrue();
        assertThat(tried("ada", ACCOUNT, "right")).isTrue();
        assertThat(looks).isEqualTo(1);

        assertThat(tried("ada", ACCOUNT, "wrong")).isFalse();
        assertThat(tried("ada", ACCOUNT, "wrong")).isFalse();
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void remembersForMinutesHoweverOftenItIsSent() {
        tried("ada", ACCOUNT, "right");
        for (int call = 1; call < 4; call++) {
            after(RightPasswords.LONGEST.dividedBy(4).multipliedBy(call));
            tried("ada", ACCOUNT, "right");
        }
        assertThat(looks).isEqualTo(1);

        after(RightPasswords.LONGEST);
        tried("ada", ACCOUNT, "right");
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void forgetsAsSoonAsAnythingOfTheAccountIsAnother() {
        tried("ada", ACCOUNT, "right");
        for (WithPassword other : new WithPassword[] {
            account("anew/signed", "hash", "salt"),
            account("made/anew", "hash", "salt"),
            account("made/signed", "other", "salt"),
            account("made/signed", "hash", "other"),
            account("made/signed", "hashs", "alt"),
            account("made/signed", null, null)
        }) {
            int before = looks;
            assertThat(tried("ada", other, "wrong")).isFalse();
            tried("ada", other, "right");
            assertThat(looks).isEqualTo(before + 2);
        }
        int before = looks;
        tried("Ada", ACCOUNT, "right");
        assertThat(looks).as("nor for another account").isEqualTo(before + 1);
    }
}
