package io.sallyport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Archives to submit. */
final class Sources {
    private Sources() {}

    /** A source with nothing but a spec. */
    static byte[] of(Workplace place, String spec) throws IOException, InterruptedException {
        Path archive = pack(place, "small", spec);
        return Files.readAllBytes(archive);
    }

    /** Packs the folder of that name in the place, which is made if need be, and the spec; beside it, as name.tar. */
    static Path pack(Workplace place, String name, String spec) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(place.file(name));
        Files.writeString(folder.resolve(".sallyport.yml"), spec);
        Path archive = place.file(name + ".tar");
        Programs.run(List.of("tar", "-C", folder.toString(), "-cf", archive.toString(), "."));
        return archive;
    }
}
