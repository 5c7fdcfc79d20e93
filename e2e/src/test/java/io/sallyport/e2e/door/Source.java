package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small project.
 *
 * @param files by their paths
 */
record Source(Map<String, byte[]> files) {
    static final String SPEC = ".sallyport.yml";

    /** Nothing but a spec. */
    static Source spec(String text) {
        return new Source(Map.of()).file(SPEC, text);
    }

    /** A spec that has nothing but one command, which may have several lines. */
    static Source script(String script) {
        return spec("script:\n  - |\n" + script.indent(4));
    }

    Source file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Source file(String path, byte[] bytes) {
        Map<String, byte[]> more = new TreeMap<>(files);
        more.put(path, bytes);
        return new Source(more);
    }

    /** More lines for the spec. */
    Source also(String lines) {
        return file(SPEC, new String(files.get(SPEC), StandardCharsets.UTF_8) + lines);
    }

    byte[] tar() throws IOException, InterruptedException {
        return packed("tar -c .");
    }

    /** Packed by commands of the shell, which run in the project's folder and print the archive. */
    byte[] packed(String commands) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sallyport-source");
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            return Program.shell(commands).in(folder).run().ok().out();
        } finally {
            Program.of("rm", "-rf", folder.toString()).run().ok();
        }
    }
}
