package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets what a process does come to an end, however it is drawn. A circle, forks of forks or a loop of loops would else go on
 * in the call of whoever moved the process on, the sweeper's among them, until the memory is used up and no access ends any
 * more. A step counts whoever makes it; the bound is met by an error that no event of a process catches.
 */
final class BoundedWork extends CommandInterceptor {
    /** In one go: the house's own process takes some twenty. */
    private static final int MOST_STEPS = 1_000;

    /** In one go, of whatever kind; each takes memory until it is stored. */
    private static final int MOST_STORED = 10_000;

    /** In the life of one instance, what reminds people of it included. */
    private static final int MOST_IN_ALL = 5_000;

    private static final ThreadLocal<@Nullable BoundedWork> GOING = new ThreadLocal<>();

    private final DataSource history;
    private final Set<String> instances = new HashSet<>();
    private int steps;
    private int stored;
    private boolean signalled;

    BoundedWork(DataSource history) {
        this.history = history;
    }

    /** Without a cause, so that the engine takes it for no error that a process could catch. */
    private static final class Endless extends ProcessEngineException {
        Endless(String sentence) {
            super(sentence);
        }
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null) {
            return next.execute(command);
        }
        BoundedWork before = GOING.get();
        GOING.set(new BoundedWork(history));
        try {
            return next.execute(command);
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof Endless endless) {
                    throw refused(endless);
                }
            }
            throw failed;
        } finally {
            GOING.set(before);
        }
    }

    private static Refusal refused(Endless endless) {
        Refusal refusal = Refusal.of(Refusal.Kind.CONFLICT, "endless-process", String.valueOf(endless.getMessage()));
        Refusals.tell(refusal);
        return refusal;
    }

    /** An instance begins. What one process starts by a signal could start the next, and each of them two. */
    static void begins(DelegateExecution execution) {
        BoundedWork going = GOING.get();
        if (going == null) {
            return;
        }
        // It has done nothing before this call, whose steps are counted anyway: nothing needs to be looked up.
        going.instances.add(execution.getProcessInstanceId());
        if (going.signalled) {
            throw new Endless("A signal that a process sends starts no other process, so nothing of this was done.");
        }
    }

    /** An instance comes to a step, which may be to send a signal. */
    static void step(DelegateExecution execution, boolean signals) {
        BoundedWork going = GOING.get();
        if (going == null) {
            return;
        }
        going.signalled |= signals;
        if (++going.steps > MOST_STEPS) {
            throw new Endless("The process takes more than " + MOST_STEPS
                    + " steps at once and comes to no end, so nothing of this was done.");
        }
        String instance = execution.getProcessInstanceId();
        if (going.instances.add(instance) && going.stepsOf(instance) > MOST_IN_ALL) {
            throw new Endless("The process has taken more than " + MOST_IN_ALL
                    + " steps and comes to no end, so it goes no further.");
        }
    }

    /** What it had done before this call, and where it is at once; no further than it matters. */
    private int stepsOf(String instance) {
        return JdbcClient.create(history)
                .sql("""
                        select (select count(*) from (select 1 from act_hi_actinst where proc_inst_id_ = :id limit :most) taken)
                             + (select count(*) from (select 1 from act_ru_execution where proc_inst_id_ = :id limit :most) going)
                        """)
                .param("id", instance)
                .param("most", MOST_IN_ALL + 1)
                .query(Integer.class)
                .single();
    }

    /** A single step can fork into thousands: so what the engine is to store is counted, too. */
    static SessionFactory store() {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return DbEntityManager.class;
            }

            @Override
            public Session openSession() {
                return new DbEntityManager(
                        Context.getProcessEngineConfiguration().getIdGenerator(),
                        Context.getCommandContext().getSession(PersistenceSession.class)) {
                    @Override
                    public void insert(DbEntity entity) {
                        BoundedWork going = GOING.get();
                        if (going != null && ++going.stored > MOST_STORED) {
                            throw new Endless("This makes the engine keep more than " + MOST_STORED
                                    + " things at once, so nothing of it was done.");
                        }
                        super.insert(entity);
                    }
                };
            }
        };
    }
}
