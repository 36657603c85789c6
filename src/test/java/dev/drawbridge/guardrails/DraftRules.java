package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.TicketNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A copy of a folder of rules, for a test to change. */
record DraftRules(Path folder) {
    static DraftRules ofOurs(Path folder) {
        return of(Path.of("rules"), folder);
    }

    static DraftRules of(Path from, Path folder) {
        try {
            FileSystemUtils.copyRecursively(from, folder);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new DraftRules(folder);
    }

    DraftRules change(String file, String what, String with) {
        try {
            String text = Files.readString(folder.resolve(file));
            assertThat(text).contains(what);
            return write(file, text.replace(what, with));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    DraftRules write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return this;
    }

    DraftRules rule(String file, String when, String then) {
        return write(file, "rule \"By " + file + "\"\nwhen\n    " + when + "\nthen\n    " + then + "\nend\n");
    }

    DraftRules without(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return this;
    }

    RuleSet load() {
        RuleFiles files = new RuleFiles(folder);
        Catalog catalog = new Catalog(files);
        LevelDefinitions levels = new LevelDefinitions(files);
        TicketNumbers tickets = new TicketNumbers(files);
        return new RuleSet(
                files,
                catalog,
                levels,
                new BusinessCalendar(files),
                tickets,
                new Rulebook(files, catalog, levels, tickets));
    }
}
