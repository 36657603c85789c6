package dev.drawbridge.publication;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What publications hold, on record. */
@Repository
class PublishedContents {
    private final JdbcClient jdbc;

    PublishedContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    PublishedFiles files(long number) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        jdbc.sql(
                        "select path, content from publication_file join publication_content using (sha256) where number = :number")
                .param("number", number)
                .query(row -> {
                    files.put(row.getString("path"), row.getBytes("content"));
                });
        return new PublishedFiles(files);
    }

    Optional<byte[]> file(long number, String path) {
        return jdbc.sql("""
                        select content from publication_file join publication_content using (sha256)
                        where number = :number and path = :path
                        """)
                .param("number", number)
                .param("path", path)
                .query((row, position) -> row.getBytes("content"))
                .optional();
    }

    /** The paths of what one holds, each with the SHA-256 of its content. */
    SortedMap<String, String> digests(long number) {
        SortedMap<String, String> contents = new TreeMap<>();
        jdbc.sql("select path, sha256 from publication_file where number = :number")
                .param("number", number)
                .query(row -> {
                    contents.put(row.getString("path"), row.getString("sha256"));
                });
        return contents;
    }

    void add(long number, PublishedFiles files) {
        files.byPath().forEach((path, content) -> add(number, path, content));
    }

    private void add(long number, String path, byte[] content) {
        String sha256 = PublishedFiles.sha256(content);
        jdbc.sql("insert into publication_content values (:sha256, :content) on conflict do nothing")
                .param("sha256", sha256)
                .param("content", content)
                .update();
        jdbc.sql("insert into publication_file values (:number, :path, :sha256)")
                .param("number", number)
                .param("path", path)
                .param("sha256", sha256)
                .update();
    }
}
