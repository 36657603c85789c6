package dev.drawbridge.publication;

import java.util.SortedMap;

/** The server's folder with the rules, read by those who know what may lie in it. */
public interface RulesFolder {
    /** The contents of all files that count, by their paths in the folder; refuses to start where one cannot be read. */
    SortedMap<String, byte[]> files();
}
