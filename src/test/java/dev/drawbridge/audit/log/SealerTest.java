package dev.drawbridge.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.EmbeddedPostgresServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class SealerTest {
    private static EmbeddedPostgresServer server;

    @TempDir
    Path files;

    OwnLog log;

    @BeforeAll
    static void start() throws Exception {
        server = OwnLog.server();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void begin() throws Exception {
        log = new OwnLog(server, files);
    }

    @Test
    void sealsWhatIsCommittedAndSignsWhatItHasComeTo() throws Exception {
        log.add(600);

        assertThat(log.seal()).isEqualTo(600);
        assertThat(log.seal()).isZero();
        log.add(3);
        assertThat(log.seal()).isEqualTo(3);

        Recount recount = log.recount(100);
        assertThat(recount.problems()).isEmpty();
        assertThat(recount.size()).isEqualTo(603);
        Note note = log.folder.lastCheckpoint().orElseThrow();
        assertThat(note).hasToString(log.store().last().orElseThrow().note());
        assertThat(note.isSignedBy(log.folder.keys(log::newKey).get(0).verifier()))
                .isTrue();
        assertThat(Checkpoint.parse(note.text()).root()).isEqualTo(recount.root());
        assertThat(log.count("audit_log_node")).isEqualTo(2);
    }

    @Test
    void sealsInSeveralTransactionsWhatIsTooMuchForOne() throws Exception {
        log.add(1_000);

        assertThat(log.sealer(100).seal()).isEqualTo(1_000);
        assertThat(log.count("audit_log_checkpoint")).isEqualTo(10);
        assertThat(log.store().last().orElseThrow().horizon()).isGreaterThan(LogStore.Xid.FIRST);
        assertThat(log.problems()).isEmpty();
    }

    @Test
    void sealsEntriesThatWereCommittedOutOfTheOrderOfTheirNumbers() throws Exception {
        try (Connection slow = log.connection()) {
            slow.setAutoCommit(false);
            OwnLog.execute(slow, OwnLog.ADD.formatted(2));
            log.add(3);
            assertThat(log.seal()).as("nobody waits for who is slow").isEqualTo(3);
            log.add(1);
            assertThat(log.seal()).isEqualTo(1);
            slow.commit();
        }
        log.add(1);
        assertThat(log.seal()).isEqualTo(3);
        assertThat(log.problems()).isEmpty();
        assertThat(log.jdbc
                        .sql("select entry_id from audit_log_leaf order by position")
                        .query(Integer.class)
                        .list())
                .containsExactly(3, 4, 5, 6, 1, 2, 7);
    }

    @Test
    void sealsWhatWasThereBeforeByItsNumbers() throws Exception {
        log.add(5);
        log.tamper("update audit_entry set xid = '3'::xid8");

        assertThat(log.seal()).isEqualTo(5);
        assertThat(log.problems()).isEmpty();
    }

    @Test
    void goesOnAfterARestoreIntoAServerThatCountsItsTransactionsAnew() throws Exception {
        log.add(5);
        log.seal();
        log.tamper(
                "update audit_entry set xid = '99999999999'::xid8; update audit_log_checkpoint set horizon = '99999999999'::xid8,"
                        + " begun = '99999999999'::xid8");
        log.add(2);

        assertThat(log.seal()).isEqualTo(2);
        log.add(2);
        assertThat(log.seal()).isEqualTo(2);
        assertThat(log.recount(2).size()).isEqualTo(9);
    }

    @Test
    void keepsItsKeyOutsideTheDatabaseAndForItsOwnerAlone() throws Exception {
        log.add(1);
        log.seal();

        Path folder = files.resolve(log.name);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("key.pub")).strip())
                .isEqualTo(log.store().verifiers().get(0));
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("key", "key.pub", "checkpoint");
        }
    }

    @Test
    void takesANewKeyOnlyBesideTheOneBefore() throws Exception {
        log.add(1);
        log.seal();
        Path folder = files.resolve(log.name);
        String old = Files.readString(folder.resolve("key"));
        Files.delete(folder.resolve("key"));
        log.add(1);
        assertThatThrownBy(log::seal).isInstanceOf(CannotSeal.class).hasMessageContaining("key.previous");

        Files.writeString(folder.resolve("key.previous"), old);
        assertThat(log.seal()).isEqualTo(1);
        Note both = log.folder.lastCheckpoint().orElseThrow();
        assertThat(both.isSignedBy(SignerKey.parse(old).verifier())).isTrue();
        assertThat(log.store().verifiers()).hasSize(2);

        Files.delete(folder.resolve("key.previous"));
        log.add(1);
        assertThat(log.seal()).isEqualTo(1);
        assertThat(log.problems()).isEmpty();
        Files.writeString(folder.resolve("key"), old);
        log.add(1);
        assertThatThrownBy(log::seal).as("the old one signs no more").isInstanceOf(CannotSeal.class);
    }

    @Test
    void givesNoSignatureForAnotherPast() throws Exception {
        log.add(10);
        log.seal();
        log.tamper("create table kept as select * from audit_log_leaf");
        log.tamper("update audit_log_leaf set hash = sha256(hash) where position = 4");
        refusesToGoOn("does not come to the root");
        log.tamper("delete from audit_log_leaf where position > 7");
        refusesToGoOn("its last checkpoint says 10");
        log.tamper("truncate audit_log_leaf, audit_log_checkpoint, audit_log_cosignature");
        refusesToGoOn("A checkpoint of 10 entries was signed");
        log.tamper("insert into audit_log_leaf select * from kept");
        refusesToGoOn("leaves");
    }

    private void refusesToGoOn(String why) throws SQLException {
        long before = log.count("audit_log_leaf");
        log.add(1);
        assertThatThrownBy(log::seal).isInstanceOf(CannotSeal.class).hasMessageContaining(why);
        assertThat(log.count("audit_log_leaf")).isEqualTo(before);
    }

    @Test
    void losesNothingAndTakesNothingTwiceWhereverItIsKilled() throws Exception {
        Random random = new Random(14);
        int killed = 0;
        for (int go = 0; go < 300; go++) {
            log.add(1 + random.nextInt(4));
            Dying dying = new Dying(log.database, random.nextInt(14), random.nextBoolean());
            try {
                log.sealer(dying, 3).seal();
            } catch (RuntimeException died) {
                killed++;
            }
        }
        log.seal();

        assertThat(killed).isGreaterThan(100);
        wholeAndOnce();
    }

    @Test
    void sealsOnceWhereTwoNodesSealSideBySideAndOneDies() throws Exception {
        AtomicInteger writing = new AtomicInteger(1);
        List<CompletableFuture<Void>> nodes = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            nodes.add(CompletableFuture.runAsync(() -> {
                Random random = new Random();
                for (int go = 0; go < 150; go++) {
                    try (Connection slow = log.connection()) {
                        slow.setAutoCommit(false);
                        OwnLog.execute(slow, OwnLog.ADD.formatted(1 + random.nextInt(3)));
                        if (random.nextInt(5) == 0) {
                            slow.rollback();
                        } else {
                            slow.commit();
                        }
                    } catch (SQLException failed) {
                        throw new AssertionError(failed);
                    }
                }
                writing.decrementAndGet();
            }));
        }
        for (int node = 0; node < 2; node++) {
            nodes.add(CompletableFuture.runAsync(() -> {
                Random random = new Random();
                while (writing.get() > -1) {
                    try {
                        log.sealer(new Dying(log.database, random.nextInt(40), random.nextBoolean()), 2)
                                .seal();
                    } catch (RuntimeException died) {
                        // Another of its kind goes on.
                    }
                }
            }));
        }
        nodes.forEach(CompletableFuture::join);
        log.seal();

        wholeAndOnce();
    }

    private void wholeAndOnce() {
        assertThat(log.count("audit_log_leaf")).isEqualTo(log.count("audit_entry"));
        assertThat(log.count("audit_entry e where not exists (select from audit_log_leaf l where l.entry_id = e.id)"))
                .isZero();
        Recount recount = log.recount(50);
        assertThat(recount.problems()).isEmpty();
        assertThat(recount.size()).isEqualTo(log.count("audit_entry"));
    }

    /** Connections of a node that dies at the so-and-so-manieth thing that it says to the database, a commit among them. */
    private static final class Dying extends DelegatingDataSource {
        private final AtomicInteger left;
        private final boolean saidBefore;

        /** {@code saidBefore}: the database has heard it. */
        Dying(DataSource database, int left, boolean saidBefore) {
            super(database);
            this.left = new AtomicInteger(left);
            this.saidBefore = saidBefore;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection real = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> said(real, method, arguments));
        }

        private Object said(Connection real, Method method, Object[] arguments) throws Throwable {
            boolean counts = method.getName().equals("prepareStatement")
                    || method.getName().equals("commit");
            boolean dies = counts && left.getAndDecrement() == 0;
            try {
                if (dies && !saidBefore) {
                    real.close();
                    throw new SQLException("This node is dead");
                }
                Object answer = method.invoke(real, arguments);
                if (dies) {
                    real.close();
                    throw new SQLException("This node is dead");
                }
                return answer;
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }
    }
}
