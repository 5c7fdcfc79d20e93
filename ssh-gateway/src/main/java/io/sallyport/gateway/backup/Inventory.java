package io.sallyport.gateway.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a backup says of itself, in its file {@value #FILE}: written last, so a backup without it was not finished. Blobs are
 * not in it, because each is named by its digest.
 *
 * @param product the version of the gateway's program that made it
 * @param made when it was begun: what came later need not be in it
 * @param files of all others by their paths, the SHA-256 of each in hexadecimal
 * @param blobs how many there are
 */
record Inventory(String product, Instant made, SortedMap<String, String> files, long blobs) {
    static final String FILE = "backup.json";

    /** The form of a backup. A program refuses those of later forms. */
    static final int FORM = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A folder that is no whole backup. */
    static final class NoBackupException extends IOException {
        private static final long serialVersionUID = 1L;

        NoBackupException(String why) {
            super(why);
        }
    }

    /** Makes what is in the folder a whole backup; on the disk when this returns. */
    void write(Path folder) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("form", FORM).put("product", product).put("made", made.toString());
        json.put("blobs", blobs);
        ObjectNode all = json.putObject("files");
        files.forEach(all::put);
        Path part = folder.resolve(FILE + ".part");
        Files.deleteIfExists(part);
        try (FileChannel channel = Copy.create(part)) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a whole backup one that is not finished, which it is while it is made anew. */
    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /**
     * Reads it.
     *
     * @throws NoBackupException when there is none, it is damaged, of a later form, or lacks what each backup has
     */
    static Inventory read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new NoBackupException(folder + " is no whole backup: it has no " + FILE);
        }
        JsonNode json = json(file);
        int form = json.path("form").asInt();
        if (form != FORM) {
            throw new NoBackupException(folder + " is a backup of form " + form + ", made by version "
                    + json.path("product").asText() + "; this program reads form " + FORM);
        }
        SortedMap<String, String> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.path("files").properties()) {
            files.put(path(file, entry.getKey()), entry.getValue().asText());
        }
        Instant made = made(file, json.path("made").asText());
        Inventory inventory = new Inventory(
                json.path("product").asText(), made, files, json.path("blobs").asLong());
        if (!inventory.lacking().isEmpty()) {
            throw new NoBackupException(folder + " is no whole backup: " + FILE + " does not name "
                    + String.join(", ", inventory.lacking()) + ", which each has");
        }
        return inventory;
    }

    /** Those files that every gateway has, and would be another one without, which are not in it. */
    List<String> lacking() {
        StateDirectory state = new StateDirectory(Path.of(""));
        return Stream.of(
                        state.keysDatabase(),
                        state.buildsDatabase(),
                        state.hostKey(),
                        state.signingKey(),
                        state.userCaKey(),
                        state.secretsKey())
                .map(Path::toString)
                .filter(name -> !files.containsKey(name))
                .toList();
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new NoBackupException(file + " is damaged: " + e.getOriginalMessage());
        }
    }

    private static Instant made(Path file, String text) throws NoBackupException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new NoBackupException(file + " is damaged: its \"made\" is no time: '" + text + "'");
        }
    }

    private static String path(Path file, String text) throws NoBackupException {
        try {
            return Path.of(text).toString();
        } catch (InvalidPathException e) {
            throw new NoBackupException(file + " is damaged: it names a file that cannot be: '" + text + "'");
        }
    }
}
