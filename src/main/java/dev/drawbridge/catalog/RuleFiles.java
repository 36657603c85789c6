package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drawbridge.publication.OfPublication;
import dev.drawbridge.publication.PublicationInForce;
import dev.drawbridge.publication.PublishedFiles;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** The files under {@code rules/}; what cannot be read is refused with file, line and a sentence. */
@Component
@OfPublication
public class RuleFiles {
    private final Supplier<SortedMap<String, byte[]>> contents;
    private final Map<Path, String> texts = new ConcurrentHashMap<>();

    private final ObjectMapper values = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(WrittenValues.module())
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** What may be left out of a file, and what it is then. */
    private static final InjectableValues LEFT_OUT = new InjectableValues.Std()
            .addValue(LevelDefinition.Deputies.class, LevelDefinition.Deputies.WHO_MAY_ANSWER)
            .addValue(OnCall.Clock.class, OnCall.Clock.OF_THE_CALENDAR)
            .addValue("systems", Only.EVERYTHING)
            .addValue("environments", Only.EVERYTHING)
            .addValue(BusinessCalendar.Weekend.class, BusinessCalendar.Weekend.USUAL)
            .addValue(BusinessCalendar.Windows.class, BusinessCalendar.Windows.NONE)
            .addValue(TicketNumbers.Home.class, TicketNumbers.Home.UNSAID)
            .addValue(Entitlement.AtLevels.class, Entitlement.AtLevels.AS_DEFINED)
            .addValue(Entitlement.Retirement.class, Entitlement.Retirement.NEVER)
            .addValue(Entitlement.Rota.class, Entitlement.Rota.AS_DEFINED)
            .addValue(Entitlement.Quorum.class, Entitlement.Quorum.AS_DEFINED);

    /** Those of the publication by which the command goes that runs. */
    @Autowired
    RuleFiles(PublicationInForce publication) {
        this(publication.files().in(PublishedFiles.RULES));
    }

    /** These, by their paths under {@code rules/}. */
    public RuleFiles(SortedMap<String, byte[]> contents) {
        this.contents = () -> contents;
    }

    /** Those in a folder, all as they are when the first of them is read. */
    public RuleFiles(Path folder) {
        this.contents = SingletonSupplier.of(() -> RuleSource.read(folder));
    }

    /** Whether a file of this path under {@code rules/} is one of rules. */
    public static boolean areRead(String path) {
        return RuleFolder.counts(Path.of(path));
    }

    /** Whether such a file is for people alone, and may lie among the rules. */
    public static boolean areNotes(String path) {
        return RuleFolder.isKnown(Path.of(path)) && !areRead(path);
    }

    /** All files with this ending, in the order of their names; relative to the folder. */
    public List<Path> list(String ending) {
        return contents.get().keySet().stream()
                .filter(path -> path.endsWith(ending))
                .map(Path::of)
                .sorted()
                .toList();
    }

    /** As text, without a byte order mark; refuses what is missing, or is no text. */
    public String text(Path file) {
        return texts.computeIfAbsent(file, this::decoded);
    }

    private String decoded(Path file) {
        byte[] content = contents.get().get(name(file));
        if (content == null) {
            throw new RulesException(file, 0, "the file is missing, or is no plain file.");
        }
        try {
            return VisibleText.of(
                    file,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString());
        } catch (CharacterCodingException otherwiseEncoded) {
            throw new RulesException(file, 0, "the file is not a text in UTF-8.");
        }
    }

    private static String name(Path file) {
        return file.toString().replace(File.separatorChar, '/');
    }

    /** Reads a YAML file strictly: an unknown or missing name is a mistake. */
    public <T> T read(String file, TypeReference<T> type) {
        WrittenYaml yaml = WrittenYaml.read(Path.of(file), text(Path.of(file)));
        T content = null;
        try {
            content = yaml.content().isNull()
                    ? null
                    : values.reader(LEFT_OUT).forType(type).readValue(yaml.content());
        } catch (JsonProcessingException wrong) {
            List<?> way = wrong instanceof JsonMappingException mapping ? way(mapping) : List.of();
            throw new RulesException(Path.of(file), yaml.line(way), where(way) + sentence(wrong));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (content == null) {
            throw new RulesException(Path.of(file), 0, "the file is empty.");
        }
        return content;
    }

    /** As {@link #read}; what the file would say where there is none. */
    public <T> T read(String file, TypeReference<T> type, T otherwise) {
        return contents.get().containsKey(file) ? read(file, type) : otherwise;
    }

    /** A YAML file as it was written, with its lines. */
    WrittenYaml written(String file) {
        return WrittenYaml.read(Path.of(file), text(Path.of(file)));
    }

    /** What is refused where a file can be read and does not hold what it should; {@code way} leads to it, by names and positions. */
    public RulesException wrong(String file, String sentence, Object... way) {
        List<Object> steps = Stream.of(way)
                .map(step -> step instanceof Integer ? step : step.toString())
                .toList();
        return new RulesException(Path.of(file), written(file).line(steps), where(steps) + sentence);
    }

    private static List<Object> way(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .<Object>map(step -> step.getFieldName() == null ? (Object) step.getIndex() : step.getFieldName())
                .toList();
    }

    private static String where(List<?> way) {
        return way.isEmpty()
                ? ""
                : way.stream()
                        .map(step -> step instanceof Integer position ? "[" + position + "]" : "'" + step + "'")
                        .collect(Collectors.joining(" ", "at ", ": "));
    }

    private static String sentence(JsonProcessingException wrong) {
        if (wrong instanceof UnrecognizedPropertyException unknown) {
            return "this name is not known here; there are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        if (wrong instanceof InvalidFormatException unreadable) {
            Class<?> wanted = unreadable.getTargetType();
            return wanted.isEnum()
                    ? "'" + WrittenValues.quoted(String.valueOf(unreadable.getValue())) + "' is not a "
                            + wanted.getSimpleName() + "; it can be " + List.of(wanted.getEnumConstants()) + "."
                    : String.valueOf(wrong.getOriginalMessage());
        }
        if (wrong instanceof InvalidNullException) {
            return "there is nothing here; say it, or leave the name out where that is allowed.";
        }
        if (String.valueOf(wrong.getOriginalMessage()).startsWith("Missing creator property")) {
            return "this is missing.";
        }
        Class<?> wanted = wrong instanceof MismatchedInputException other ? other.getTargetType() : null;
        return wanted != null && Collection.class.isAssignableFrom(wanted)
                ? "here belongs a list, such as [one, other]."
                : wanted != null && (Map.class.isAssignableFrom(wanted) || wanted.isRecord())
                        ? "here belong names with their values, such as {name: value}."
                        : "here belongs one value.";
    }
}
