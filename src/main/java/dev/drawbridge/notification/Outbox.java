package dev.drawbridge.notification;

import dev.drawbridge.directory.Directory;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Mail that is written with the fact it tells of, and waits to be sent. */
@Repository
class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final JdbcClient jdbc;
    private final Directory people;
    private final ObjectProvider<JavaMailSender> server;
    private final MailProperties properties;
    private final TransactionTemplate apart;
    private final Clock clock;
    private final SpringTemplateEngine templates = new SpringTemplateEngine();

    Outbox(
            JdbcClient jdbc,
            Directory people,
            ObjectProvider<JavaMailSender> server,
            MailProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.server = server;
        this.properties = properties;
        this.apart = new TransactionTemplate(transactions);
        // A savepoint: a failure here takes nothing else back.
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
        templates.addTemplateResolver(resolver(".txt", TemplateMode.TEXT));
        templates.addTemplateResolver(resolver(".html", TemplateMode.HTML));
    }

    private static ClassLoaderTemplateResolver resolver(String ending, TemplateMode mode) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/mail/");
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        resolver.setResolvablePatterns(java.util.Set.of("*" + ending));
        return resolver;
    }

    /** A mail that waits. */
    record Mail(UUID id, String address, String subject, String text, String html, int failures) {}

    /**
     * Writes to each of these people who has an address what they read; to nobody where no mail server is configured. What
     * cannot be written is left out: nothing that people are told of may fail because of it.
     *
     * @param notice asked once, and only if there is somebody to read it: what it makes is asked for each reader
     */
    void write(Supplier<Collection<String>> to, Supplier<Function<Directory.Person, Notice>> notice) {
        if (server.getIfAvailable() == null) {
            return;
        }
        try {
            apart.executeWithoutResult(status -> {
                List<Directory.Person> readers = to.get().stream()
                        .distinct()
                        .flatMap(person -> people.find(person).stream())
                        .filter(reader -> reader.email().isPresent())
                        .toList();
                if (!readers.isEmpty()) {
                    Function<Directory.Person, Notice> written = notice.get();
                    readers.forEach(reader -> add(reader, written.apply(reader)));
                }
            });
        } catch (RuntimeException failed) {
            log.error("A notice could not be written", failed);
        }
    }

    private void add(Directory.Person person, Notice notice) {
        Context model = new Context(
                Locale.ENGLISH, Map.of("name", person.name(), "lines", notice.lines(), "linkText", notice.linkText()));
        model.setVariable("link", notice.path() == null ? null : properties.publicUrl() + notice.path());
        jdbc.sql("insert into mail values (:id, :person, :address, :subject, :text, :html, :request, :at)")
                .param("id", UUID.randomUUID())
                .param("person", person.id())
                .param("address", person.email().orElseThrow())
                .param("subject", notice.subject())
                .param("text", templates.process("notice.txt", model))
                .param("html", templates.process("notice.html", model))
                .param("request", notice.requestId())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The next mail to send, taken so that no other node sends it as well; after a failure it waits, longer each time. */
    List<Mail> takeNext() {
        return jdbc.sql("""
                        select m.*, w.failures from mail_waiting w join mail m on m.id = w.mail_id
                        where w.next_try_at <= :now
                        order by w.next_try_at, w.written_at limit 1 for update of w skip locked
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Mail(
                        row.getObject("id", UUID.class),
                        row.getString("address"),
                        row.getString("subject"),
                        row.getString("text"),
                        row.getString("html"),
                        row.getInt("failures")))
                .list();
    }

    void sent(Mail mail) {
        jdbc.sql("insert into mail_sent values (:id, :at)")
                .param("id", mail.id())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    void failed(Mail mail, String reason) {
        jdbc.sql("insert into mail_failure values (:id, :number, :reason, :at)")
                .param("id", mail.id())
                .param("number", mail.failures() + 1)
                .param("reason", reason)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
