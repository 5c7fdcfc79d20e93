package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.file.Path;

/** A state directory made by {@code init}, and its administrator's key, to be copied. Removed when the tests are over. */
final class PreparedHome {
    /** Holds {@code home} and the key. */
    static final Path FOLDER = make();

    private PreparedHome() {}

    private static Path make() {
        try {
            GatewayProcess made = new GatewayProcess();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made)));
            made.make();
            return made.work();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void remove(GatewayProcess made) {
        try {
            made.close();
        } catch (IOException e) {
            System.err.println("left behind: " + made.work() + ": " + e);
        }
    }
}
