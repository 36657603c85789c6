package dev.drawbridge.audit.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.audit.log.LogStore.Placed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Entries of the record with what proves them: as lines of an export, and as the story of a request. */
@Component
public class SealedEntries {
    private final LogStore store;

    SealedEntries(LogStore store) {
        this.store = store;
    }

    /**
     * The lines of an NDJSON export for these entries, by their numbers, in their order, without line feeds: the entry, and beside it
     * {@code index} and {@code leafHash} (both null while it is not sealed yet), each as {@code src/docs/audit-log.md} says. An id that no entry
     * has gets none.
     */
    public List<String> lines(Collection<Long> ids) {
        Map<Long, String> lines = new HashMap<>();
        of(ids).forEach(placed -> lines.put(placed.entry().id(), CanonicalJson.write(flat(placed))));
        return ids.stream().map(lines::get).filter(Objects::nonNull).toList();
    }

    private static ObjectNode flat(Placed placed) {
        ObjectNode flat = (ObjectNode) placed.entry().tree().deepCopy();
        ObjectNode line = line(placed, true);
        flat.set("index", line.get("index"));
        flat.set("leafHash", line.get("leafHash"));
        return flat;
    }

    private List<Placed> of(Collection<Long> ids) {
        String[] wanted = ids.stream().map(id -> Long.toString(id)).toArray(String[]::new);
        return store.placed("e.id = any(:ids::bigint[])", Map.of("ids", wanted));
    }

    /**
     * The entries of a request's story, each with the path that leads from it to the root of the log of this size.
     *
     * @param withDetails for those who may read the whole record; for others the sentences, as in the story that they read
     */
    List<ObjectNode> story(UUID request, long size, boolean withDetails) {
        MerkleTree tree = new MerkleTree(store);
        List<ObjectNode> story = new ArrayList<>();
        for (Placed placed : store.placed("e.request_id = :request", Map.of("request", request))) {
            ObjectNode line = line(placed, withDetails);
            if (placed.position() != null && placed.position() < size) {
                var path = line.putArray("proof");
                tree.inclusion(placed.position(), size)
                        .forEach(hash -> path.add(Base64.getEncoder().encodeToString(hash)));
            }
            story.add(line);
        }
        return story;
    }

    private static ObjectNode line(Placed placed, boolean withDetails) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("index", placed.position());
        line.put("leafHash", placed.hash() == null ? null : Base64.getEncoder().encodeToString(placed.hash()));
        line.set("entry", withDetails ? placed.entry().tree() : placed.entry().withoutDetails());
        return line;
    }
}
