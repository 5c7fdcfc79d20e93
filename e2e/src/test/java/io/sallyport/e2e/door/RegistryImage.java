package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** An image of one layer, as a registry has it in a folder. */
record RegistryImage(Path folder, byte[] layer) {
    static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    /**
     * Puts it there under a name and a tag, in place of what these meant before.
     *
     * @param version a variable in its containers
     * @return its digest
     */
    String put(String name, String tag, String version) throws IOException {
        String config =
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Env\":[\"PATH=/bin\",\"VERSION=%s\"]},"
                                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}")
                        .formatted(version, digest(layer));
        String manifest = ("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}")
                .formatted(
                        MANIFEST,
                        blob("application/vnd.docker.container.image.v1+json", config.getBytes(UTF_8)),
                        blob("application/vnd.docker.image.rootfs.diff.tar.gzip", packed(layer)));
        blob(MANIFEST, manifest.getBytes(UTF_8));
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve(tag), manifest);
        return digest(manifest.getBytes(UTF_8));
    }

    private String blob(String type, byte[] bytes) throws IOException {
        Files.write(folder.resolve(digest(bytes)), bytes);
        return "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"}".formatted(type, bytes.length, digest(bytes));
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
