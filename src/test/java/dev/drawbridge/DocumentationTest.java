package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people, as they lie in the repository. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    /** Such as {@code GrantDoor}, or {@code Grants.add}. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*)(?:\\.[a-z]\\w*)?`");

    @Test
    void leadsSomewhereByEachRelativeLink() throws IOException {
        List<String> astray = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(text(page));
            while (link.find()) {
                if (!link.group(1).contains("://")) {
                    links++;
                    if (!leadsSomewhere(page, link.group(1))) {
                        astray.add(page + " → " + link.group(1));
                    }
                }
            }
        }
        assertThat(astray).isEmpty();
        assertThat(links).isPositive();
    }

    @Test
    void namesOnlyClassesThatAreThereWhereItFollowsARequest() throws IOException {
        String page = text(Path.of("src/docs/architecture.md"));
        List<String> classes = CLASS.matcher(page)
                .results()
                .map(found -> found.group(1) + ".java")
                .toList();

        assertThat(sources()).containsAll(classes);
        assertThat(classes).isNotEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(text(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String text(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> found = Files.walk(Path.of("src/docs"))) {
            found.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> found = Files.walk(Path.of("src"))) {
            return found.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .toList();
        }
    }
}
