package io.sallyport.client.mina;

import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.signature.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Whether one host's key is accepted: it is known, or certified by an authority that is, and not revoked. Nothing is ever accepted
 * that a file of known hosts does not say.
 */
final class HostKeyCheck {
    private static final int DEFAULT_PORT = 22;

    private final String place;
    private final String name;
    private final Path addTo;
    private final KnownHosts known;
    private final AtomicReference<@Nullable ClientException> refusal = new AtomicReference<>();

    private HostKeyCheck(String place, String name, Path addTo, KnownHosts known) {
        this.place = place;
        this.name = name;
        this.addTo = addTo;
        this.known = known;
    }

    static HostKeyCheck of(HostSettings settings) throws IOException {
        String host = settings.hostName();
        int port = settings.port();
        boolean usual = port == DEFAULT_PORT;
        String bracketed = usual ? host : "[" + host + "]:" + port;
        // As ssh does it: a key under the bare name is good for any port, a key for the port comes first.
        List<String> names =
                settings.hostKeyAlias().map(List::of).orElseGet(() -> usual ? List.of(host) : List.of(bracketed, host));
        List<Path> files = new ArrayList<>(settings.userKnownHosts());
        files.addAll(settings.globalKnownHosts());
        return new HostKeyCheck(
                usual ? host : host + " port " + port,
                names.getFirst(),
                files.isEmpty() ? Path.of("known_hosts") : files.getFirst(),
                KnownHosts.of(files, names));
    }

    /** The algorithms to ask the host for, those first that it is known by: a key of another type would be an unknown one. */
    List<NamedFactory<Signature>> algorithms() {
        return HostKeyAlgorithms.of(known.types(), known.hasAuthority());
    }

    /** Whether the key, or a certificate that is valid for the host, is accepted; called on a thread of the connection's. */
    boolean accepts(PublicKey shown) {
        PublicKey key = shown instanceof OpenSshCertificate certificate ? certificate.getCertPubKey() : shown;
        Optional<KnownHosts.Entry> revoking = known.revoking(KeyBlob.text(key));
        if (shown instanceof OpenSshCertificate certificate) {
            String authority = KeyBlob.text(certificate.getCaPubKey());
            revoking = revoking.or(() -> known.revoking(authority));
            if (revoking.isEmpty() && known.trusts(authority)) {
                return true;
            }
        }
        if (revoking.isPresent()) {
            refuse(
                    key,
                    "is revoked by " + revoking.get().place() + ": ask the administrator for the gateway's new key");
            return false;
        }
        if (known.knows(KeyBlob.text(key))) {
            return true;
        }
        Optional<KnownHosts.Entry> another = known.another();
        String line = "'" + name + " " + KeyBlob.line(key) + "'";
        refuse(
                key,
                another.map(entry -> "is not the one in " + entry.place()
                                + ": ask the administrator whether it has changed, and only then put there " + line)
                        .orElse("is not known here: compare it with the administrator's, then add to " + addTo
                                + " the line " + line));
        return false;
    }

    /** Why the key was not accepted, if that is so. */
    Optional<ClientException> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    private void refuse(PublicKey key, String why) {
        String fingerprint = KeyBlob.fingerprint(key);
        refusal.set(new ClientException.HostKeyRefused(
                fingerprint, "the host key of " + place + ", " + fingerprint + ", " + why));
    }
}
