package dev.drawbridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands behind a command: {@code --name value}, and what has no name. */
record Options(Map<String, String> named, List<String> others) {
    static Options of(List<String> arguments) {
        Map<String, String> named = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (int place = 0; place < arguments.size(); place++) {
            String argument = arguments.get(place);
            if (argument.startsWith("--") && place + 1 < arguments.size()) {
                named.put(argument, arguments.get(++place));
            } else {
                others.add(argument);
            }
        }
        return new Options(named, others);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(named.get(name));
    }

    boolean hasOthersThan(String... known) {
        return !Set.of(known).containsAll(named.keySet());
    }

    /** The lines of a file that hold something. */
    static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
