package dev.drawbridge.process;

import dev.drawbridge.platform.OutOfMemory;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** The engine and its REST interface catch every error, and would go on with half of what they need. */
class EndsWithoutMemory extends CommandInterceptor {
    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (Throwable failed) {
            OutOfMemory.look(failed);
            throw failed;
        }
    }
}
