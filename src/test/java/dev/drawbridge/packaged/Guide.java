package dev.drawbridge.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a page of the documentation tells people to type, with this test's addresses instead of those of the example. */
final class Guide {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w+)\\n(.*?)^ *```");
    private static final Pattern PLACE = Pattern.compile("-- on ([\\w.]+), databases? ([\\w ]+)");

    private final List<Block> blocks;

    private record Block(String language, String text) {}

    /** Statements, and where the page says that they are for. */
    record Sql(String server, List<String> databases, List<String> statements) {}

    private Guide(List<Block> blocks) {
        this.blocks = blocks;
    }

    static Guide read(Path page) throws IOException {
        return new Guide(BLOCK.matcher(Files.readString(page))
                .results()
                .map(found -> new Block(found.group(1), found.group(2).stripIndent()))
                .toList());
    }

    /** The same with other words for some. */
    Guide with(Map<String, String> others) {
        return new Guide(blocks.stream()
                .map(block -> {
                    String text = block.text();
                    for (Map.Entry<String, String> other : others.entrySet()) {
                        text = text.replace(other.getKey(), other.getValue());
                    }
                    return new Block(block.language(), text);
                })
                .toList());
    }

    /** In the order of the page. */
    List<Sql> sql() {
        return texts("sql").stream().map(Guide::sql).toList();
    }

    private static Sql sql(String text) {
        Matcher place = PLACE.matcher(text);
        if (!place.find()) {
            throw new AssertionError("The page does not say where this is for:\n" + text);
        }
        return new Sql(
                place.group(1),
                List.of(place.group(2).strip().split(" and ")),
                Arrays.stream(text.substring(place.end()).split(";\\s*\\n"))
                        .map(String::strip)
                        .filter(statement -> !statement.isEmpty())
                        .toList());
    }

    /** The only block of this language. */
    String only(String language) {
        List<String> found = texts(language);
        if (found.size() != 1) {
            throw new AssertionError("There are " + found.size() + " blocks of " + language);
        }
        return found.get(0);
    }

    /** The environment that it tells to set. */
    Map<String, String> variables() {
        return only("properties")
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (one, two) -> two, LinkedHashMap::new));
    }

    /** The commands that have these words in them, one block after the other. */
    String commands(String... words) {
        return Arrays.stream(words)
                .map(word -> texts("sh").stream()
                        .filter(text -> text.contains(word))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("No command on the page has " + word)))
                .collect(Collectors.joining("\n"));
    }

    private List<String> texts(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }
}
