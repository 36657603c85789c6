package dev.drawbridge.publication;

import dev.drawbridge.platform.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads what somebody sends to be published, part by part as it arrives, and no more than could be: a part named by its path is a
 * file, and there are the fields {@code note}, {@code base} and {@code remove}.
 */
final class SentProposal {
    private static final int MOST_PARTS = 1_200;
    private static final int LARGEST_FILE = 1_000_000;
    private static final int LARGEST = 3_000_000;
    private static final int LONGEST_FIELD = 2_000;

    private final Predicate<String> isANote;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Set<String> removed = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();
    private String note = "";
    private @Nullable Long base;
    private boolean isForLater;

    private SentProposal(Predicate<String> isANote) {
        this.isANote = isANote;
    }

    /** Refuses what cannot be read; files of which {@code isANote} holds are left out. */
    static Proposal read(HttpServletRequest request, Predicate<String> isANote) {
        SentProposal sent = new SentProposal(isANote);
        FileUpload upload = new FileUpload();
        upload.setSizeMax(LARGEST);
        try {
            FileItemIterator parts = upload.getItemIterator(new Body(request));
            for (int part = 0; parts.hasNext(); part++) {
                if (part == MOST_PARTS) {
                    throw wrong("parts", "There are more than " + MOST_PARTS + " parts.");
                }
                sent.take(parts.next());
            }
        } catch (FileUploadException | IOException unreadable) {
            throw wrong(
                    "body",
                    "This is not a body in several parts (multipart/form-data) of at most 3 MB that can be read.");
        }
        return new Proposal(sent.files, sent.removed, sent.note, sent.base, sent.isForLater);
    }

    private void take(FileItemStream part) throws IOException {
        String name = Optional.ofNullable(part.getFieldName()).orElse("");
        switch (name) {
            case "note" -> note = text(part, name).strip();
            case "base" -> base = number(text(part, name).strip());
            case "stage" -> isForLater = isForLater(text(part, name).strip());
            case "remove" -> remove(text(part, name).strip());
            default -> file(name, part);
        }
    }

    private void file(String path, FileItemStream part) throws IOException {
        if (!Gate.isAPath(path)) {
            throw wrong(
                    "parts",
                    "A part is named by the path of its file, such as rules/levels.yaml, or is one of note, base, stage and remove; '"
                            + shown(path) + "' is neither.");
        }
        if (!names.add(path.toLowerCase(Locale.ROOT))) {
            throw wrong("parts", "The file '" + shown(path) + "' is there twice, if not for capitals.");
        }
        byte[] content = read(part, LARGEST_FILE);
        if (content.length > LARGEST_FILE) {
            throw wrong("parts", "The file '" + shown(path) + "' is larger than 1 MB.");
        }
        if (!isANote.test(path)) {
            files.put(path, content);
        }
    }

    private void remove(String path) {
        if (!Gate.isAPath(path)) {
            throw wrong("remove", "'" + shown(path) + "' is not the path of a file, such as rules/levels.yaml.");
        }
        removed.add(path);
    }

    private static String text(FileItemStream part, String name) throws IOException {
        byte[] content = read(part, LONGEST_FIELD);
        if (content.length > LONGEST_FIELD) {
            throw wrong(name, "'" + name + "' is longer than " + LONGEST_FIELD + " bytes.");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private static byte[] read(FileItemStream part, int most) throws IOException {
        try (InputStream content = part.openStream()) {
            return content.readNBytes(most + 1);
        }
    }

    private static boolean isForLater(String stage) {
        if (!stage.equals("LIVE") && !stage.equals("PROPOSED")) {
            throw wrong("stage", "'stage' is LIVE or PROPOSED; '" + shown(stage) + "' is neither.");
        }
        return stage.equals("PROPOSED");
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException noNumber) {
            throw wrong("base", "'base' is the number of a publication; '" + shown(text) + "' is none.");
        }
    }

    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private static Refusal wrong(String field, String sentence) {
        return Refusal.ofField(Refusal.Kind.INVALID, field, "unreadable-publication", sentence);
    }

    /** As the reader of parts wants to see it. */
    private record Body(HttpServletRequest request) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return request.getContentType();
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return request.getContentLength();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return request.getInputStream();
        }
    }
}
