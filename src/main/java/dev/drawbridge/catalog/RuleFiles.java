package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder {@code drawbridge.rules}; what cannot be read is refused with file, line and a sentence. */
@Component
public class RuleFiles {
    private static final long LARGEST = 1_000_000;

    private final Path folder;
    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory())
            .registerModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** What may be left out of a file, and what it is then. */
    private static final InjectableValues LEFT_OUT = new InjectableValues.Std()
            .addValue(LevelDefinition.Deputies.class, LevelDefinition.Deputies.WHO_MAY_ANSWER);

    public RuleFiles(@Value("${drawbridge.rules:rules}") Path folder) {
        this.folder = folder;
    }

    /** All files with this ending, in the order of their names; relative to the folder. */
    public List<Path> list(String ending) {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new RulesException("The folder " + folder.toAbsolutePath()
                    + " with the rules cannot be read. Start from a folder that has"
                    + " processes/ and rules/, or set drawbridge.rules.");
        }
    }

    public String text(Path file) {
        try {
            if (Files.size(folder.resolve(file)) > LARGEST) {
                throw new RulesException(file, 0, "the file is larger than " + LARGEST + " bytes.");
            }
            return Files.readString(folder.resolve(file));
        } catch (CharacterCodingException otherwiseEncoded) {
            throw new RulesException(file, 0, "the file is not a text in UTF-8.");
        } catch (IOException unreadable) {
            throw new RulesException(file, 0, "the file cannot be read.");
        }
    }

    /** Reads a YAML file strictly: an unknown or missing name is a mistake. */
    public <T> T read(String file, TypeReference<T> type) {
        Path path = Path.of(file);
        try {
            return yaml.reader(LEFT_OUT).forType(type).readValue(text(path));
        } catch (JsonProcessingException wrong) {
            int line = wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNr();
            String where = wrong instanceof JsonMappingException mapping
                            && !mapping.getPath().isEmpty()
                    ? "at "
                            + mapping.getPathReference()
                                    .replaceAll("[\\w.$]+\\[\"([^\"]+)\"\\]", "'$1'")
                                    .replaceAll("java\\.util\\.\\w+|->", " ")
                            + ": "
                    : "";
            throw new RulesException(path, line, where + sentence(wrong));
        }
    }

    private static String sentence(JsonProcessingException wrong) {
        if (wrong instanceof UnrecognizedPropertyException) {
            return "this name is not known here.";
        }
        if (wrong instanceof InvalidFormatException unreadable) {
            Class<?> wanted = unreadable.getTargetType();
            return "'" + unreadable.getValue() + "' is not a " + wanted.getSimpleName()
                    + (wanted.isEnum() ? "; it can be " + List.of(wanted.getEnumConstants()) : "") + ".";
        }
        String message = String.valueOf(wrong.getOriginalMessage());
        return message.startsWith("Missing creator property")
                ? "this is missing."
                : message.lines().findFirst().orElse("it cannot be read.");
    }
}
