package dev.drawbridge.notification;

import dev.drawbridge.notification.Outbox.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends what waits in the outbox, one after the other; what fails stays and is tried again. */
@Component
class SendMail {
    private static final Logger log = LoggerFactory.getLogger(SendMail.class);
    private static final int MOST_AT_ONCE = 100;

    private final Outbox outbox;
    private final ObjectProvider<JavaMailSender> server;
    private final MailProperties properties;
    private final TransactionTemplate transaction;

    SendMail(
            Outbox outbox,
            ObjectProvider<JavaMailSender> server,
            MailProperties properties,
            PlatformTransactionManager transactions) {
        this.outbox = outbox;
        this.server = server;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = "${drawbridge.mail.every:PT5S}", initialDelayString = "${drawbridge.mail.every:PT5S}")
    void sendAll() {
        JavaMailSender sender = server.getIfAvailable();
        for (int sent = 0; sender != null && sent < MOST_AT_ONCE; sent++) {
            Boolean more = transaction.execute(status -> sendOne(sender));
            if (!Boolean.TRUE.equals(more)) {
                return;
            }
        }
    }

    private boolean sendOne(JavaMailSender sender) {
        for (Mail mail : outbox.takeNext()) {
            try {
                sender.send(message(sender, mail));
                outbox.sent(mail);
            } catch (MailException | MessagingException failed) {
                log.warn("A mail to {} could not be sent and is tried again: {}", mail.address(), failed.getMessage());
                outbox.failed(mail, String.valueOf(failed.getMessage()));
            }
            return true;
        }
        return false;
    }

    private MimeMessage message(JavaMailSender sender, Mail mail) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, true, "UTF-8");
        helper.setFrom(properties.from());
        helper.setTo(mail.address());
        helper.setSubject(mail.subject());
        helper.setText(mail.text(), mail.html());
        return message;
    }
}
