package dev.drawbridge.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The real mail server that the product under test is given. One for all tests, since a second application in the same
 * JVM would register its engine over the first one's.
 */
public final class MailServer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final GreenMail SERVER =
            new GreenMail(new ServerSetup(freePort(), "localhost", ServerSetup.PROTOCOL_SMTP));

    /** The server, running. */
    public static synchronized GreenMail running() {
        if (!SERVER.isRunning()) {
            SERVER.start();
        }
        return SERVER;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.mail.host=localhost",
                        "spring.mail.port=" + running().getSmtp().getPort(),
                        "drawbridge.mail.public-url=https://drawbridge.example.com")
                .applyTo(context);
    }

    /** One that stays the same when the server is stopped and started again. */
    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends what waits; all mail since the mailboxes were emptied, as "to: subject". */
    public static List<String> delivered(World world) throws MessagingException {
        world.runScheduled("SendMail");
        List<String> seen = new ArrayList<>();
        for (MimeMessage message : SERVER.getReceivedMessages()) {
            seen.add(message.getRecipients(Message.RecipientType.TO)[0] + ": " + message.getSubject());
        }
        return seen;
    }
}
