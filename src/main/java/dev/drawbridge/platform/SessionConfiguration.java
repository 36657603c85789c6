package dev.drawbridge.platform;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;

/** Browsers' sessions: kept in the database, so that any node serves them, for as few words as that takes. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {
    private static final int AROUND_SESSIONS = SessionRepositoryFilter.DEFAULT_ORDER - 1;

    /** One statement needs no transaction of its own; what is written has one all the same: see below. */
    @Bean(defaultCandidate = false)
    TransactionOperations springSessionTransactionOperations() {
        return TransactionOperations.withoutTransaction();
    }

    @Bean
    static BeanPostProcessor sparingSessions(ObjectProvider<PlatformTransactionManager> manager) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof JdbcIndexedSessionRepository sessions)) {
                    return bean;
                }
                TransactionTemplate apart = new TransactionTemplate(manager.getObject());
                apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
                return new SparingSessions<>(sessions, apart);
            }
        };
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> aroundSessions(SessionRepository<?> sessions) {
        FilterRegistrationBean<OncePerRequestFilter> filter =
                new FilterRegistrationBean<>(((SparingSessions<?>) sessions).aroundACall());
        filter.setOrder(AROUND_SESSIONS);
        filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return filter;
    }
}
