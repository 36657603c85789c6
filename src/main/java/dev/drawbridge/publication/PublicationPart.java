package dev.drawbridge.publication;

import java.util.List;

/** Knows a part of what is published, and looks into it beforehand; features downstream implement it, each for its own files. */
public interface PublicationPart {
    /** Whether it reads the file at this path; what no part reads is refused. */
    boolean reads(String path);

    /** Whether people keep files like this beside the others, which nothing reads: they are left out. */
    default boolean isANote(String path) {
        return false;
    }

    /** All that is wrong with its files, in their order; what is injected {@link OfPublication} is of these meanwhile. */
    List<PublicationProblem> problems(PublishedFiles files);

    /**
     * What people may have by these files that they might not by those before, in sentences; nothing where this part has no say in that.
     * Takes some seconds.
     */
    default List<String> newlyAllowed(PublishedFiles files, PublishedFiles before) {
        return List.of();
    }
}
