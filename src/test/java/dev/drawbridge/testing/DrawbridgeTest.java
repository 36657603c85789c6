package dev.drawbridge.testing;

import dev.drawbridge.DrawbridgeApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The whole product with its embedded PostgreSQL; its clock stands still, and jobs run when the test says so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = DrawbridgeApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "drawbridge.embedded-postgres.port=0",
            "drawbridge.sweeper.every=P10D",
            "drawbridge.sweeper.lets-go-every=P10D",
            "drawbridge.sweeper.patience=PT1M",
            "drawbridge.sweeper.first=P10D",
            "drawbridge.sweeper.go-on-every=P10D",
            "drawbridge.sweeper.everything-every=P10D",
            "drawbridge.reconciliation.every=P10D",
            "drawbridge.open-indexes.every=P10D",
            "drawbridge.approval-tasks.every=P10D",
            "drawbridge.mail.every=P10D",
            "drawbridge.nodes.every=P10D",
            "drawbridge.audit-log.every=P10D",
            "drawbridge.audit-log.verify-every=P10D",
            "drawbridge.publication.follow-every=P10D",
            "drawbridge.publication.trial-every=P10D",
            "camunda.bpm.job-execution.enabled=false",
            "logging.level.root=WARN",
            "logging.level.org.camunda=OFF",
            "logging.level.io.zonky=WARN"
        })
@AutoConfigureObservability(tracing = false)
@ContextConfiguration(initializers = {FreshDataDirectory.class, MailServer.class, Issuer.class})
@Import(TestBeans.class)
public @interface DrawbridgeTest {}
