package dev.drawbridge.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** One data source for all, out of pools that cannot use each other up. */
@Configuration(proxyBeanMethods = false)
class ConnectionPools {
    // Waiting longer than this for a row fails and is tried again: nothing waits for ever for a thread that
    // hangs.
    private static final String NO_LONG_WAIT = "set lock_timeout = '10s'";

    private final ObjectProvider<JdbcConnectionDetails> brought;
    private final DataSourceProperties configured;
    private final ConnectionBudget budget;

    ConnectionPools(
            ObjectProvider<JdbcConnectionDetails> brought, DataSourceProperties configured, ConnectionBudget budget) {
        this.brought = brought;
        this.configured = configured;
        this.budget = budget;
    }

    @Bean
    @Primary
    DataSource dataSource(
            @Qualifier("peoplesConnections") HikariDataSource people,
            @Qualifier("obligationsConnections") HikariDataSource obligations) {
        return new RoutedConnections(people, obligations);
    }

    @Bean(defaultCandidate = false)
    HikariDataSource peoplesConnections() {
        HikariConfig pool = pool("people", budget.people());
        pool.setConnectionTimeout(budget.patience().toMillis());
        pool.setConnectionInitSql(NO_LONG_WAIT + "; set statement_timeout = "
                + budget.longestStatement().toMillis());
        pool.setExceptionOverrideClassName(StoppedStatements.class.getName());
        return new HikariDataSource(pool);
    }

    /** Its size leaves each thread of the job executor two connections and each schedule three, so that no thread waits for a connection that it holds itself. */
    @Bean(defaultCandidate = false)
    HikariDataSource obligationsConnections() {
        HikariConfig pool = pool("obligations", budget.obligations());
        pool.setConnectionInitSql(NO_LONG_WAIT);
        return new HikariDataSource(pool);
    }

    /**
     * Only for refused attempts. A refused call still holds a connection of another pool. If its entry had to wait for
     * one more of the same, a burst of refusals could block itself and leave nothing on record.
     */
    @Bean(defaultCandidate = false)
    HikariDataSource refusedAttemptsConnections() {
        HikariConfig pool = pool("refused-attempts", 2);
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    private HikariConfig pool(String name, int most) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setMaximumPoolSize(most);
        pool.setMinimumIdle(Math.min(most, 4));
        JdbcConnectionDetails details = brought.getIfAvailable();
        pool.setJdbcUrl(details == null ? configured.determineUrl() : details.getJdbcUrl());
        pool.setUsername(details == null ? configured.determineUsername() : details.getUsername());
        pool.setPassword(details == null ? configured.determinePassword() : details.getPassword());
        return pool;
    }
}
