package dev.drawbridge;

import dev.drawbridge.cli.CheckCommand;
import dev.drawbridge.cli.VerifyCommand;
import dev.drawbridge.cli.WitnessCommand;
import dev.drawbridge.platform.OutOfMemory;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.metrics.jfr.FlightRecorderApplicationStartup;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Just-in-time access approval with guardrails. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Drawbridge",
                        version = "v1",
                        description = "Just-in-time access with guardrails. Errors are problem details (RFC 9457)."))
public class DrawbridgeApplication {
    private static final Set<String> COMMANDS = Set.of(CheckCommand.NAME, VerifyCommand.NAME, WitnessCommand.NAME);

    public static void main(String[] args) {
        // The engine keeps times without a zone: nodes in different ones must read them alike.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        if (args.length > 0 && COMMANDS.contains(args[0])) {
            command(args[0], Arrays.asList(args).subList(1, args.length));
            return;
        }
        SpringApplication application = new SpringApplication(DrawbridgeApplication.class);
        if (Boolean.getBoolean("drawbridge.start.recorded")) {
            // What takes the time of a start, for whoever makes a flight recording of it.
            application.setApplicationStartup(new FlightRecorderApplicationStartup());
        }
        application.run(args);
        OutOfMemory.endsTheProcess();
    }

    private static void command(String name, List<String> arguments) {
        // Nobody wants to read there what libraries say.
        LoggingSystem.get(DrawbridgeApplication.class.getClassLoader()).beforeInitialize();
        int came = switch (name) {
            case VerifyCommand.NAME -> new VerifyCommand(System.out).run(arguments);
            case WitnessCommand.NAME -> new WitnessCommand(System.out).run(arguments);
            default -> new CheckCommand(System.out, System.getenv()).run(arguments);
        };
        if (came != 0 || !name.equals(WitnessCommand.NAME)) {
            System.exit(came);
        }
    }
}
