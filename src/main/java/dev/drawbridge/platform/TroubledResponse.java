package dev.drawbridge.platform;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.function.IntPredicate;

/** Swallows the answer to a failure that is to be worded differently, so that another can take its place. */
public class TroubledResponse extends HttpServletResponseWrapper {
    private final IntPredicate anew;
    private boolean replaced;
    private int status;

    /** {@code anew}: the statuses that are answered in another way. */
    public TroubledResponse(HttpServletResponse response, IntPredicate anew) {
        super(response);
        this.anew = anew;
    }

    /** Whether another answer has to take the place of the one that was swallowed. */
    public boolean replaced() {
        return replaced;
    }

    /** The last status that was swallowed. */
    public int swallowed() {
        return status;
    }

    private boolean replaces(int status) {
        if (!isCommitted() && (replaced || anew.test(status))) {
            replaced = true;
            this.status = status;
        }
        return replaced;
    }

    @Override
    public void setStatus(int status) {
        if (!replaces(status)) {
            super.setStatus(status);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        if (!replaces(status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (!replaces(status)) {
            super.sendError(status, message);
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return replaced ? new Nowhere() : super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        return replaced
                ? new PrintWriter(OutputStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8)
                : super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (!replaced) {
            super.flushBuffer();
        }
    }

    private static final class Nowhere extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("Nothing is answered asynchronously here");
        }

        @Override
        public void write(int oneByte) {}
    }
}
