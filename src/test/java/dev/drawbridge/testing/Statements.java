package dev.drawbridge.testing;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Counts what the product and its engine say to their database: a batch is said once. */
public final class Statements implements BeanPostProcessor, QueryExecutionListener, MethodExecutionListener {
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile boolean counts;

    /** What was said, in order, and how many transactions were committed. */
    public record Counted(List<String> said, int commits) {
        public int statements() {
            return said.size();
        }
    }

    public Counted during(Runnable what) {
        said.clear();
        commits.set(0);
        counts = true;
        try {
            what.run();
        } finally {
            counts = false;
        }
        return new Counted(List.copyOf(said), commits.get());
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return name.equals("dataSource") && bean instanceof DataSource source
                ? ProxyDataSourceBuilder.create(source)
                        .listener(this)
                        .methodListener(this)
                        .build()
                : bean;
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        if (counts) {
            said.add(queries.stream()
                    .map(QueryInfo::getQuery)
                    .findFirst()
                    .orElse("")
                    .strip());
        }
    }

    @Override
    public void beforeMethod(MethodExecutionContext context) {}

    @Override
    public void afterMethod(MethodExecutionContext context) {
        if (counts && context.getMethod().getName().equals("commit")) {
            commits.incrementAndGet();
        }
    }
}
