package dev.drawbridge.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** People are asked of the directory; what keeps them is known to it, and to the few that put them there. */
class OneDirectoryTest {
    private static final Path JAVA = Path.of("src/main/java/dev/drawbridge");
    /** The column {@code act_id_}, an activity's, is none of these. */
    private static final Pattern ACCOUNTS = Pattern.compile("act_id_(user|group|membership|info|tenant)");

    private static final Pattern ENGINE_SERVICE = Pattern.compile("IdentityService|[gs]etIdentityService");

    /** Who hands the engine its accounts, or tells it who works in it. */
    private static final Set<String> ENGINE_FACING = Set.of(
            // The accounts and groups that there are from the beginning.
            "process/DemoAccounts.java",
            "process/EngineRights.java",
            // Accounts of people whom a provider vouches for.
            "process/MakeAccounts.java",
            // Whose rights count for this call.
            "process/Acting.java",
            "process/EngineFilters.java",
            // How the engine keeps accounts here.
            "process/EngineSettings.java",
            "process/OwnIds.java",
            "process/Passwords.java");

    private static Set<String> naming(Pattern what, Path folder, String files) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches(files))
                    .toList()) {
                if (what.matcher(Files.readString(file)).find()) {
                    found.add(folder.relativize(file).toString().replace('\\', '/'));
                }
            }
        }
        return found;
    }

    @Test
    void readsTheEnginesTablesOfPeopleAndNobodyElseDoes() throws IOException {
        assertThat(naming(ACCOUNTS, JAVA, ".*\\.java")).allMatch(file -> file.startsWith("directory/"));
        // What is made anew with each release; what has landed fills the product's own table of accounts.
        assertThat(naming(ACCOUNTS, Path.of("src/main/resources/db/migration"), "R__.*\\.sql"))
                .isEmpty();
    }

    @Test
    void leavesTheEnginesServiceForPeopleToWhoFillsIt() throws IOException {
        assertThat(naming(ENGINE_SERVICE, JAVA, ".*\\.java")).isSubsetOf(ENGINE_FACING);
    }
}
