package dev.drawbridge.testing;

import dev.drawbridge.grant.postgres.SharedClock;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.community.process_test_coverage.spring_test.common.ProcessEngineCoverageProperties;
import org.camunda.community.process_test_coverage.spring_test.platform7.ProcessEngineCoverageConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestConfiguration(proxyBeanMethods = false)
@Import({ProcessEngineCoverageConfiguration.class, SharedClock.class})
class TestBeans {
    @Bean
    TestClock clock() {
        return new TestClock();
    }

    @Bean
    World world(
            ServletWebServerApplicationContext server,
            TestClock clock,
            ProcessEngine engine,
            JdbcClient jdbc,
            EmbeddedPostgresServer postgres) {
        return new World(server, clock, engine, jdbc, postgres);
    }

    @Bean
    static Passed passed() {
        return new Passed();
    }

    @Bean
    static Statements statements() {
        return new Statements();
    }

    /** Every path of the process is walked by the test that is named after it; the report is in target. */
    @Bean
    ProcessEngineCoverageProperties coverage() {
        return ProcessEngineCoverageProperties.builder()
                .addInclusionPatternForTestClasses(".*AccessRequestProcessTest")
                .assertClassCoverageAtLeast(1.0)
                .build();
    }
}
