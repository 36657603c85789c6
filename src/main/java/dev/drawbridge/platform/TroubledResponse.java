package dev.drawbridge.platform;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;

/** Once a failure is about to be answered that a bound has caused, swallows that answer: another takes its place. */
class TroubledResponse extends HttpServletResponseWrapper {
    private final PeoplesThread turn;
    private boolean replaced;

    TroubledResponse(HttpServletResponse response, PeoplesThread turn) {
        super(response);
        this.turn = turn;
    }

    boolean replaced() {
        return replaced;
    }

    private boolean replaces(int status) {
        PeoplesThread.Trouble trouble = turn.trouble();
        replaced |= trouble != null && status >= trouble.from && !isCommitted();
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
