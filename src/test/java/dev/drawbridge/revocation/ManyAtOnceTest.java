package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.Crowd;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Access that ends together is ended together: each once, none for the sake of another, and none lost. */
@DrawbridgeTest
class ManyAtOnceTest {
    private static final int FEW = 8;

    @Autowired
    World world;

    @Autowired
    EndMany endMany;

    @Autowired
    LetGoTogether letGo;

    @Autowired
    Obligations obligations;

    @Autowired
    Connector connector;

    @Autowired
    PlatformTransactionManager transactions;

    private Crowd crowd;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        crowd = new Crowd(world, Sweeper.MANY);
    }

    @AfterEach
    void leave() {
        crowd.close();
    }

    private List<UUID> access(int many) {
        return crowd.access(many, "app-logs-read", "orders-read");
    }

    /** Its time and that of its process are over, and the process has not ended it. */
    private void passUnnoticed() {
        world.clock().advance(Duration.ofHours(1).plusSeconds(3));
    }

    private void requireEnded(List<UUID> ids, String outcome) {
        for (UUID id : ids) {
            assertThat(world.outcome(id)).isEqualTo(outcome);
            assertThat(world.loginExists(id)).isFalse();
            assertThat(count("select count(*) from act_ru_execution where proc_inst_id_ = '" + world.instanceOf(id)
                            + "'"))
                    .as("its process has come to its end")
                    .isZero();
        }
        for (String kind : List.of("revocation-ordered", "access-revoked")) {
            assertThat(entries(kind, ids)).as("one entry each").isEqualTo(ids.size());
        }
    }

    private int entries(String kind, List<UUID> ids) {
        return count("select count(*) from audit_entry where kind = '" + kind + "' and request_id::text in ('"
                + String.join("', '", ids.stream().map(UUID::toString).toList()) + "')");
    }

    private int count(String sql) {
        return world.jdbc().sql(sql).query(Integer.class).single();
    }

    @Test
    void endsThemTogetherAndLetsTheirProcessesGoOn() {
        List<UUID> ids = access(FEW);
        passUnnoticed();

        world.sweep();

        requireEnded(ids, "EXPIRED");
    }

    @Test
    void oneThatResistsBacksOffAloneAndTheOthersAreConfirmed() {
        List<UUID> ids = new ArrayList<>(access(FEW));
        UUID resisting = ids.remove(3);
        String login = Access.principalFor(resisting);
        world.superuser("orders", "alter role " + login + " superuser");
        passUnnoticed();

        world.sweep();

        requireEnded(ids, "EXPIRED");
        assertThat(world.state(resisting)).isEqualTo("REVOKING");
        assertThat(failures(resisting)).isEqualTo(1);
        world.sweep();
        assertThat(failures(resisting)).as("not before its pause is over").isEqualTo(1);
        assertThat(entries("revocation-failing", ids)).isZero();

        world.superuser("orders", "alter role " + login + " nosuperuser");
        world.clock().advance(Duration.ofSeconds(4));
        world.sweep();
        requireEnded(List.of(resisting), "EXPIRED");
    }

    private int failures(UUID id) {
        return count("select failures from open_grant where request_id = '" + id + "'");
    }

    @Test
    void manyThatSweepAtOnceEndEachOnce() throws Exception {
        List<UUID> ids = access(30);
        passUnnoticed();
        CyclicBarrier together = new CyclicBarrier(4);
        List<CompletableFuture<Integer>> nodes = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            nodes.add(CompletableFuture.supplyAsync(() -> {
                try {
                    together.await(1, TimeUnit.MINUTES);
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
                return endMany.next("orders", world.clock().instant(), List.of(), "")
                        .ended()
                        .size();
            }));
        }
        int ended = 0;
        for (CompletableFuture<Integer> node : nodes) {
            ended += node.get(2, TimeUnit.MINUTES);
        }

        assertThat(ended).isEqualTo(ids.size());
        assertThat(entries("revocation-ordered", ids)).isEqualTo(ids.size());
        assertThat(entries("access-revoked", ids)).isEqualTo(ids.size());
        assertThat(count("select count(*) from open_grant")).isZero();
    }

    @Test
    void waitsForNobodyWhoIsAtSomeOfThemAndEndsThemWhenThatNodeDies() {
        List<UUID> ids = access(FEW);
        List<UUID> taken = ids.subList(0, 3);
        passUnnoticed();
        new TransactionTemplate(transactions).executeWithoutResult(otherNode -> {
            assertThat(obligations.take(taken)).hasSize(3);
            CompletableFuture.runAsync(world::sweep).join();
            requireEnded(ids.subList(3, FEW), "EXPIRED");
            assertThat(entries("revocation-ordered", taken)).isZero();
            otherNode.setRollbackOnly();
        });

        world.sweep();

        requireEnded(ids, "EXPIRED");
    }

    @Test
    void confirmsNoneWhileTheTargetIsDownAndAllWhenItIsBack() {
        List<UUID> ids = access(FEW);
        world.whileTheTargetIsDown(() -> {
            passUnnoticed();
            world.sweep();
            assertThat(count("select count(*) from open_grant where failures = 1"))
                    .isEqualTo(FEW);
            assertThat(entries("access-revoked", ids)).isZero();
            assertThat(entries("revocation-failing", ids)).isEqualTo(FEW);
        });
        world.clock().advance(Duration.ofSeconds(4));

        world.sweep();

        requireEnded(ids, "EXPIRED");
    }

    @Test
    void confirmsNoneThatItCouldNotPutOnRecordAndAllTheNextTime() {
        List<UUID> ids = access(FEW);
        passUnnoticed();
        EndMany dying = new EndMany(
                obligations,
                connector,
                event -> {
                    if (event instanceof AccessesRevoked) {
                        throw new IllegalStateException("This machine dies.");
                    }
                },
                world.clock(),
                transactions);
        assertThatThrownBy(() -> dying.next("orders", world.clock().instant(), List.of(), ""))
                .hasMessageContaining("dies");
        assertThat(world.logins()).isEmpty();
        assertThat(count("select count(*) from open_grant")).isEqualTo(FEW);

        world.clock().advance(Duration.ofSeconds(3));
        world.sweep();

        for (UUID id : ids) {
            assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        }
        assertThat(entries("access-revoked", ids)).isEqualTo(FEW);
    }

    @Test
    void ordersTheEndOfAllOfThemTogetherAndTellsEachOnItsOwnRecord() {
        List<UUID> ids = access(FEW);

        Answer answer = world.post(
                "security", "/api/v1/revocations", Map.of("entitlement", "app-logs-read", "reason", "A leak"));
        world.runDueJobs();
        world.sweep();

        List<UUID> logs = ids.stream()
                .filter(id -> world.show(id).path("entitlement").asText().equals("app-logs-read"))
                .toList();
        assertThat(answer.json().path("requests")).hasSize(logs.size());
        requireEnded(logs, "REVOKED");
        for (UUID id : logs) {
            assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("A leak"));
        }
        assertThat(count("select count(*) from open_grant")).isEqualTo(FEW - logs.size());
    }

    @Test
    void endsVeryManyThatAreRevokedAtOnceWithoutTheirProcessesBeingToldOneByOne() {
        List<UUID> ids = crowd.access(Sweeper.MANY, "app-logs-read");

        world.post("security", "/api/v1/revocations", Map.of("entitlement", "app-logs-read", "reason", "A leak"));
        assertThat(count("select count(*) from act_ru_job where type_ = 'message'"))
                .as("nothing for the processes to do each by itself")
                .isZero();
        world.sweep();

        requireEnded(ids, "REVOKED");
    }

    @Test
    void keepsEveryNodeFromTheTimersOfWhatEndsTogetherAndTakesNoneThatSomebodyIsAt() {
        List<UUID> ids = access(FEW);
        world.clock().advance(Duration.ofHours(1));
        world.jdbc()
                .sql(
                        "update act_ru_job set lock_owner_ = 'another node', lock_exp_time_ = :until where process_instance_id_ = :id")
                .param("until", Timestamp.from(world.clock().instant().plusSeconds(5)))
                .param("id", world.instanceOf(ids.get(0)))
                .update();

        letGo.holdTimersOfDue("orders");

        String held =
                "select count(*) from act_ru_job where type_ = 'timer' and lock_owner_ = '%s' and lock_exp_time_ > '"
                        + Timestamp.from(world.clock().instant()) + "'";
        assertThat(count(held.formatted("another node"))).isEqualTo(2);
        assertThat(count(held.formatted("ended together"))).isEqualTo(2 * (FEW - 1));
        passUnnoticed();
        world.sweep();
        requireEnded(ids, "EXPIRED");
    }
}
