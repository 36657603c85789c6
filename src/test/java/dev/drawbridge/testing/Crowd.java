package dev.drawbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Engineers by the hundred, for what happens to many at once; they leave when the test is over. */
public final class Crowd implements AutoCloseable {
    private final World world;

    public Crowd(World world, int people) {
        this.world = world;
        world.jdbc()
                .sql(
                        "insert into act_id_user (id_, rev_, first_, last_, pwd_, salt_) select 'crowd' || n, 1, 'Engineer', n,"
                                + " '{SHA-512}' || replace(encode(sha512(convert_to('crowd' || n || 'salt', 'UTF8')), 'base64'), chr(10), ''),"
                                + " 'salt' from generate_series(1, :people) n")
                .param("people", people)
                .update();
        world.jdbc()
                .sql("insert into act_id_membership (user_id_, group_id_)"
                        + " select 'crowd' || n, 'engineers' from generate_series(1, :people) n")
                .param("people", people)
                .update();
    }

    /** So many accesses to this, one for each of them, that end together in an hour. */
    public List<UUID> access(int many, String... entitlements) {
        List<UUID> ids = new ArrayList<>();
        for (int n = 0; n < many; n++) {
            String who = "crowd" + (n / entitlements.length + 1);
            Answer answer = world.post(
                    who, "/api/v1/access-requests", World.ask(entitlements[n % entitlements.length], "PT1H"));
            ids.add(UUID.fromString(answer.get("id")));
        }
        world.runDueJobs();
        assertThat(world.jdbc()
                        .sql("select count(*) from open_grant")
                        .query(Integer.class)
                        .single())
                .isGreaterThanOrEqualTo(many);
        return ids;
    }

    @Override
    public void close() {
        world.startAfresh();
        world.jdbc()
                .sql("delete from act_id_membership where user_id_ like 'crowd%'")
                .update();
        world.jdbc().sql("delete from act_id_user where id_ like 'crowd%'").update();
        world.sweep();
    }
}
