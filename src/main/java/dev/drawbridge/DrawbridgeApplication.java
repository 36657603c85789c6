package dev.drawbridge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Just-in-time access approval with guardrails. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class DrawbridgeApplication {
    public static void main(String[] args) {
        SpringApplication.run(DrawbridgeApplication.class, args);
    }
}
