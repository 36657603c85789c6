package dev.drawbridge.process;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.Parts;
import dev.drawbridge.testing.World;
import java.util.Map;

/** Publishes over HTTP, in parts as Camunda Modeler does. */
final class DeploymentCall {
    private DeploymentCall() {}

    static Answer post(World world, String who, Map<String, String> fields, Map<String, byte[]> files) {
        Parts parts = new Parts();
        fields.forEach(parts::field);
        files.forEach(parts::file);
        return world.send(who, "/engine-rest/deployment/create", parts);
    }
}
