package dev.drawbridge.process;

import java.util.Set;

/** The words that files beside the processes declare: a process can name no others. Features downstream implement it. */
public interface KnownWords {
    /** The groups that may be asked to do something. */
    Set<String> groups();

    /** All that the text can be that a method of a bean answers, or is asked with; none: any text. */
    Set<String> of(String bean, String method);

    /** Those of these, and of others that were there before, that are still understood, but come with no new request. */
    Set<String> past(String bean, String method);
}
