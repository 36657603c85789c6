package dev.drawbridge.packaged;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wire between the application and a database, which a test can stop at an exact word, or cut. */
final class Wire implements AutoCloseable {
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int exit;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile Hold hold;

    Wire(int exit) throws IOException {
        this.exit = exit;
        inBackground(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Stops what says one of these words before it reaches the database; so many are expected. */
    Hold holdBefore(int times, String... words) {
        return hold = new Hold(false, times, words);
    }

    /** Lets what says one of these words through, and stops the database's answer. */
    Hold holdAnswerTo(int times, String... words) {
        return hold = new Hold(true, times, words);
    }

    /** The database is out of reach until {@link #mend}. */
    void cut() {
        cut = true;
        links.forEach(Link::close);
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }

    /** Everything that stands still at a word. */
    final class Hold {
        private final boolean forwards;
        private final List<String> words;
        private final CountDownLatch held;
        private final CountDownLatch over = new CountDownLatch(1);

        private Hold(boolean forwards, int times, String... words) {
            this.forwards = forwards;
            this.words = List.of(words);
            this.held = new CountDownLatch(times);
        }

        /** Waits until as many as expected stand still. */
        void await() throws InterruptedException {
            if (!held.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError(held.getCount() + " more were expected to say one of " + words);
            }
        }

        /** What stands still gets no further, ever; what comes from now on does. */
        void drop() {
            hold = null;
            over.countDown();
        }

        private void standStill() throws InterruptedException {
            held.countDown();
            over.await();
        }

        private boolean isSaidBy(byte[] bytes, int length) {
            String said = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            return words.stream().anyMatch(said::contains);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            try {
                if (cut) {
                    client.close();
                } else {
                    new Link(client, new Socket(InetAddress.getLoopbackAddress(), exit)).open();
                }
            } catch (IOException databaseIsDown) {
                client.close();
            }
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket database;
        private volatile Hold answerHeld;

        Link(Socket client, Socket database) {
            this.client = client;
            this.database = database;
        }

        void open() {
            links.add(this);
            inBackground(() -> pump(client, database, true));
            inBackground(() -> pump(database, client, false));
        }

        private void pump(Socket from, Socket to, boolean towardsDatabase) throws InterruptedException {
            byte[] bytes = new byte[1 << 16];
            try {
                for (int length; (length = from.getInputStream().read(bytes)) >= 0; ) {
                    Hold now = towardsDatabase ? hold : answerHeld;
                    if (now != null && towardsDatabase && now.isSaidBy(bytes, length) && now.forwards) {
                        answerHeld = now;
                    } else if (now != null && (!towardsDatabase || now.isSaidBy(bytes, length))) {
                        now.standStill();
                        return;
                    }
                    to.getOutputStream().write(bytes, 0, length);
                }
            } catch (IOException ended) {
                // One end has hung up: so does the other.
            } finally {
                close();
            }
        }

        void close() {
            links.remove(this);
            for (Socket end : new Socket[] {client, database}) {
                try {
                    end.close();
                } catch (IOException alreadyClosed) {
                    // As it should be.
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
