package io.sallyport.client.cli;

/** Starts {@code sally}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs one command; returns its exit status. The rehearsal comes in here, so that this class is in the cache too. */
    static int run(Surroundings surroundings, String... args) {
        return Sally.run(surroundings, args);
    }
}
