package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder {@code drawbridge.rules}; what cannot be read is refused with file, line and a sentence. */
@Component
public class RuleFiles {
    private static final long LARGEST = 1_000_000;

    private final Path folder;
    private final ObjectMapper yaml = new ObjectMapper(
                    new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
            .registerModule(WrittenValues.module())
            .setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /** What may be left out of a file, and what it is then. */
    private static final InjectableValues LEFT_OUT = new InjectableValues.Std()
            .addValue(LevelDefinition.Deputies.class, LevelDefinition.Deputies.WHO_MAY_ANSWER)
            .addValue(OnCall.Clock.class, OnCall.Clock.OF_THE_CALENDAR);

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
        String text = text(Path.of(file));
        T content;
        try {
            content = yaml.reader(LEFT_OUT).forType(type).readValue(text);
        } catch (JsonProcessingException wrong) {
            List<?> way = wrong instanceof JsonMappingException mapping ? way(mapping) : List.of();
            throw new RulesException(Path.of(file), line(text, way, wrong), where(way) + sentence(wrong));
        }
        if (content == null) {
            throw new RulesException(Path.of(file), 0, "the file is empty.");
        }
        return content;
    }

    /** As {@link #read}; what the file would say where there is none. */
    public <T> T read(String file, TypeReference<T> type, T otherwise) {
        return Files.exists(folder.resolve(file)) ? read(file, type) : otherwise;
    }

    /** What is refused where a file can be read and does not hold what it should; {@code way} leads to it, by names and positions. */
    RulesException wrong(String file, String sentence, Object... way) {
        List<Object> steps = Stream.of(way)
                .map(step -> step instanceof Integer ? step : step.toString())
                .toList();
        return new RulesException(Path.of(file), LineOf.path(text(Path.of(file)), steps), where(steps) + sentence);
    }

    private static List<Object> way(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .<Object>map(step -> step.getFieldName() == null ? (Object) step.getIndex() : step.getFieldName())
                .toList();
    }

    private static int line(String text, List<?> way, JsonProcessingException wrong) {
        int line = way.isEmpty() ? 0 : LineOf.path(text, way);
        return line > 0 || wrong.getLocation() == null
                ? line
                : wrong.getLocation().getLineNr();
    }

    private static String where(List<?> way) {
        return way.isEmpty()
                ? ""
                : way.stream()
                        .map(step -> step instanceof Integer position ? "[" + position + "]" : "'" + step + "'")
                        .collect(Collectors.joining(" ", "at ", ": "));
    }

    private static String sentence(JsonProcessingException wrong) {
        if (wrong instanceof UnrecognizedPropertyException) {
            return "this name is not known here.";
        }
        if (wrong instanceof InvalidFormatException unreadable) {
            Class<?> wanted = unreadable.getTargetType();
            return wanted.isEnum()
                    ? "'" + unreadable.getValue() + "' is not a " + wanted.getSimpleName() + "; it can be "
                            + List.of(wanted.getEnumConstants()) + "."
                    : firstLine(unreadable);
        }
        if (wrong instanceof InvalidNullException) {
            return "there is nothing here; say it, or leave the name out where that is allowed.";
        }
        String message = firstLine(wrong);
        if (message.startsWith("Duplicate field")) {
            return message.replaceFirst("Duplicate field", "twice in the same place:") + ".";
        }
        if (message.startsWith("Trailing token")) {
            return "there is a second document in the file, which nobody would read.";
        }
        return message.startsWith("Missing creator property") ? "this is missing." : message;
    }

    private static String firstLine(JsonProcessingException wrong) {
        return String.valueOf(wrong.getOriginalMessage()).lines().findFirst().orElse("it cannot be read.");
    }
}
