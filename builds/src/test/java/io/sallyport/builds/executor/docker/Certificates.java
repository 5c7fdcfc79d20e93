package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * One certificate of loopback's that is its own authority, for both sides.
 *
 * @param folder with it as Docker's client wants it
 * @param context of it
 */
record Certificates(Path folder, SSLContext context) {
    private static final String PASSWORD = "changeit";
    private static final String NAME = "engine";

    /** Makes one, with the JDK's own tool. */
    static Certificates make(Path folder) throws Exception {
        return make(folder, "san=ip:127.0.0.1", "-0d");
    }

    /**
     * The same for another.
     *
     * @param name of the host, as an extension of keytool's
     * @param start of its 90 days, before today
     */
    static Certificates make(Path folder, String name, String start) throws Exception {
        Files.createDirectories(folder);
        Path store = folder.resolve("store");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        NAME,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=" + folder.getFileName(),
                        "-ext",
                        name,
                        "-startdate",
                        start,
                        "-ext",
                        "bc=ca:true",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertEquals(0, keytool.waitFor());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(folder.resolve("ca.pem"), "CERTIFICATE", keys.getCertificate(NAME).getEncoded());
        pem(folder.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate(NAME).getEncoded());
        pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey(NAME, PASSWORD.toCharArray()).getEncoded());
        return new Certificates(folder, context(keys));
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(NAME, keys.getCertificate(NAME));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private static void pem(Path file, String what, byte[] bytes) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n", US_ASCII);
    }
}
