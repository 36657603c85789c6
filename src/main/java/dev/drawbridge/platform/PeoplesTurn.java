package dev.drawbridge.platform;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.task.TaskDecorator;

/**
 * Around everything that answers a call: marks the thread as the people's, whose connections and time are bounded, and says
 * in a sentence where a bound was met, through whichever door.
 */
class PeoplesTurn implements Filter {
    @Override
    public void doFilter(ServletRequest call, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        if (PeoplesThread.isThis()) {
            chain.doFilter(call, answer);
            return;
        }
        HttpServletRequest request = (HttpServletRequest) call;
        HttpServletResponse response = (HttpServletResponse) answer;
        PeoplesThread turn = PeoplesThread.begin();
        TroubledResponse held = new TroubledResponse(response, turn::isToBeSaidAt);
        try {
            chain.doFilter(request, held);
            if (held.replaced()) {
                instead(turn, request, response);
            }
        } catch (IOException | ServletException | RuntimeException failed) {
            if (!instead(turn, request, response)) {
                throw failed;
            }
        } catch (Error failed) {
            OutOfMemory.look(failed);
            throw failed;
        } finally {
            PeoplesThread.end();
        }
    }

    private static boolean instead(PeoplesThread turn, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        PeoplesThread.Trouble trouble = turn.trouble();
        if (trouble == null || response.isCommitted()) {
            return false;
        }
        response.reset();
        if (trouble.status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        Problem.write(request, response, trouble.status, trouble.code, trouble.sentence);
        return true;
    }

    @Configuration(proxyBeanMethods = false)
    static class First {
        /** What a call hands over to another thread is still that person's. */
        @Bean
        TaskDecorator peoplesTasks() {
            return task -> PeoplesThread.isThis() ? () -> inTurn(task) : task;
        }

        private static void inTurn(Runnable task) {
            PeoplesThread.begin();
            try {
                task.run();
            } finally {
                PeoplesThread.end();
            }
        }

        @Bean
        FilterRegistrationBean<PeoplesTurn> peoplesTurn() {
            FilterRegistrationBean<PeoplesTurn> filter = new FilterRegistrationBean<>(new PeoplesTurn());
            // Before sessions are looked up, which takes a connection already.
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
            filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
            return filter;
        }
    }
}
