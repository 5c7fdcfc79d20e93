package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something that a build waits for and the test gives.
 *
 * @param file that stands for it, where builds can see it
 */
record Signal(Path file) {
    /** Commands for a script that go on once the signal has been given. */
    String awaited() {
        return "until [ -e " + file + " ]; do sleep 0.02; done";
    }

    void give() throws IOException {
        Files.createFile(file);
    }
}
