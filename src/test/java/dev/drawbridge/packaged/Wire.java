package dev.drawbridge.packaged;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A wire between the application and a database, which a test can stop at an exact word, or cut. */
final class Wire implements AutoCloseable {
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int exit;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile Hold hold;

    Wire(int exit) throws IOException {
        this.exit = exit;
        threads.execute(this::connect);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Stops what says one of these words before it reaches the database; so many are expected. */
    Hold holdBefore(int times, String... words) {
        return hold = new Hold(false, List.of(words), new CountDownLatch(times), new CountDownLatch(1));
    }

    /** Lets what says one of these words through, and stops the database's answer. */
    Hold holdAnswerTo(int times, String... words) {
        return hold = new Hold(true, List.of(words), new CountDownLatch(times), new CountDownLatch(1));
    }

    /** The database is out of reach until {@link #mend}. */
    void cut() {
        cut = true;
        links.forEach(Link::hangUp);
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
        threads.shutdownNow();
    }

    /** Everything that stands still at a word. */
    record Hold(boolean forwards, List<String> words, CountDownLatch held, CountDownLatch over) {
        /** Waits until as many as expected stand still. */
        void await() throws InterruptedException {
            if (!held.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError(held.getCount() + " more were expected to say one of " + words);
            }
        }

        /** What stands still gets no further, ever; what comes from now on does. */
        void drop() {
            over.countDown();
        }

        private boolean isSaidBy(byte[] bytes, int length) {
            String said = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            return over.getCount() > 0 && words.stream().anyMatch(said::contains);
        }

        private void standStill() throws InterruptedException {
            held.countDown();
            over.await();
        }
    }

    private void connect() {
        while (!entrance.isClosed()) {
            try {
                Link link = new Link(entrance.accept());
                links.add(link);
                threads.execute(link::forth);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private final class Link {
        private final Socket application;
        private final Socket database = new Socket();
        private volatile Hold answerHeld;

        Link(Socket application) {
            this.application = application;
        }

        private void forth() {
            // Where one side hangs up, both do.
            try (application;
                    database) {
                if (cut) {
                    return;
                }
                database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), exit));
                threads.execute(this::back);
                byte[] bytes = new byte[1 << 16];
                for (int length; (length = application.getInputStream().read(bytes)) >= 0; ) {
                    Hold now = hold;
                    if (now != null && now.isSaidBy(bytes, length)) {
                        if (!now.forwards) {
                            now.standStill();
                            return;
                        }
                        answerHeld = now;
                    }
                    database.getOutputStream().write(bytes, 0, length);
                }
            } catch (IOException | InterruptedException hungUp) {
                return;
            }
        }

        private void back() {
            try (application;
                    database) {
                byte[] bytes = new byte[1 << 16];
                for (int length; (length = database.getInputStream().read(bytes)) >= 0; ) {
                    if (answerHeld != null) {
                        answerHeld.standStill();
                        return;
                    }
                    application.getOutputStream().write(bytes, 0, length);
                }
            } catch (IOException | InterruptedException hungUp) {
                return;
            }
        }

        private void hangUp() {
            try (application;
                    database) {
                return;
            } catch (IOException gone) {
                return;
            }
        }
    }
}
