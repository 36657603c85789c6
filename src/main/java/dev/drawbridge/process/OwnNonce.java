package dev.drawbridge.process;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the nonce of a page of the engine's web applications with the call that it was made for. The engine keeps it in one
 * place for all calls: with another call in between, the page would name one nonce, its header another, and the browser would
 * run nothing and show an empty page.
 */
class OwnNonce extends OncePerRequestFilter {
    private static final String NONCE = "org.camunda.bpm.csp.nonce";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new WithContext(request), response);
    }

    private static final class WithContext extends HttpServletRequestWrapper {
        private final ServletContext context;
        private @Nullable Object nonce;

        WithContext(HttpServletRequest request) {
            super(request);
            context = (ServletContext) Proxy.newProxyInstance(
                    OwnNonce.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (proxy, method, arguments) -> answer(request.getServletContext(), method, arguments));
        }

        @Override
        public ServletContext getServletContext() {
            return context;
        }

        private @Nullable Object answer(ServletContext shared, Method method, Object @Nullable [] arguments)
                throws Throwable {
            if (arguments != null && arguments.length > 0 && NONCE.equals(arguments[0])) {
                if (method.getName().equals("setAttribute")) {
                    nonce = arguments[1];
                    return null;
                }
                if (method.getName().equals("getAttribute")) {
                    return nonce;
                }
            }
            try {
                return method.invoke(shared, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }
}
