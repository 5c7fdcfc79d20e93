package io.sallyport.client.cli;

/** Starts {@code sally}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(Sally.run(Surroundings.ofProcess(), args));
    }
}
