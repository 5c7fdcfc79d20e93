package io.sallyport.client.mina;

import io.sallyport.client.ClientException;
import io.sallyport.client.TransportFactory.Questions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.auth.pubkey.KeyAgentIdentity;
import org.apache.sshd.client.auth.pubkey.KeyPairIdentity;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * The user's keys for one host: first those of files that were named for this command, then the agent's, then those of other
 * files; before each key the certificates on it. Keys behind a passphrase come last, so that nobody is asked in vain. For one thread.
 */
final class Identities {
    private static final int TRIES = 3;

    private final HostSettings settings;
    private final Map<Path, KeyPair> opened = new HashMap<>();

    Identities(HostSettings settings) {
        this.settings = settings;
    }

    /** The keys that can be offered without asking anybody. */
    Offer ready(AgentKeys agent) throws IOException {
        Offer offer = new Offer();
        for (Path path : settings.namedKeys()) {
            KeyFile file = new KeyFile(path);
            if (!file.exists()) {
                throw new ClientException.BadSetting("-i " + path, "there is no such file that can be read");
            }
            add(offer, file);
        }
        agent.keys(named(), settings.identitiesOnly()).forEach(offer::agent);
        for (Path path : settings.otherKeys()) {
            add(offer, new KeyFile(path));
        }
        return offer;
    }

    /** The keys that only a passphrase opens, once they are open; none when nobody is there to tell it. */
    Offer unlocked(Questions questions) throws IOException, InterruptedException {
        Offer offer = new Offer();
        for (KeyFile file : files()) {
            if (locked(file) && unlock(file, questions)) {
                add(offer, file);
            }
        }
        return offer;
    }

    private void add(Offer offer, KeyFile file) throws IOException {
        Optional<KeyPair> pair;
        try {
            pair = Optional.ofNullable(opened.get(file.path()));
            if (pair.isEmpty() && file.exists()) {
                pair = file.read(Optional.empty());
            }
        } catch (KeyFile.Locked e) {
            return; // its turn comes
        }
        if (pair.isPresent()) {
            List<PublicKey> certificates = new ArrayList<>();
            file.certificate().ifPresent(certificates::add);
            settings.certificates().forEach(path -> KeyFile.publicKey(path).ifPresent(certificates::add));
            String own = KeyBlob.text(pair.get().getPublic());
            for (PublicKey each : certificates) {
                if (each instanceof OpenSshCertificate certificate
                        && KeyBlob.text(certificate.getCertPubKey()).equals(own)) {
                    offer.pair(new KeyPair(certificate, pair.get().getPrivate()));
                }
            }
            offer.pair(pair.get());
        }
    }

    private boolean locked(KeyFile file) throws IOException {
        if (!file.exists() || opened.containsKey(file.path())) {
            return false;
        }
        try {
            file.read(Optional.empty());
            return false;
        } catch (KeyFile.Locked e) {
            return true;
        }
    }

    private boolean unlock(KeyFile file, Questions questions) throws IOException, InterruptedException {
        if (settings.batch()) {
            return false;
        }
        for (int i = 0; i < TRIES; i++) {
            Optional<char[]> passphrase = questions.ask("passphrase of the key " + file.path() + ": ");
            if (passphrase.isEmpty() || passphrase.get().length == 0) {
                return false;
            }
            try {
                file.read(passphrase).ifPresent(pair -> opened.put(file.path(), pair));
                return true;
            } catch (KeyFile.Locked e) {
                // Asked again.
            } finally {
                Arrays.fill(passphrase.get(), ' ');
            }
        }
        return false;
    }

    private List<KeyFile> files() {
        List<KeyFile> files = new ArrayList<>();
        settings.namedKeys().forEach(path -> files.add(new KeyFile(path)));
        settings.otherKeys().forEach(path -> files.add(new KeyFile(path)));
        return files;
    }

    /** The public keys of all files, in Base64. */
    private Set<String> named() {
        Set<String> named = new HashSet<>();
        files().forEach(file -> {
            file.publicKey().map(KeyBlob::text).ifPresent(named::add);
            file.certificate().map(KeyBlob::text).ifPresent(named::add);
        });
        settings.certificates()
                .forEach(path -> KeyFile.publicKey(path).map(KeyBlob::text).ifPresent(named::add));
        return named;
    }

    /** Keys in the order in which they are offered, each once. */
    static final class Offer {
        private final List<Key> keys = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        /** A key, for a log-in that is under way. */
        interface Key {
            PublicKeyIdentity in(UserAuthPublicKey login, ClientSession session);
        }

        /** The keys. */
        List<Key> keys() {
            return keys;
        }

        private void pair(KeyPair pair) {
            if (seen.add(KeyBlob.text(pair.getPublic()))) {
                keys.add((login, session) -> new KeyPairIdentity(login, session, pair));
            }
        }

        private void agent(KeyAgentIdentity key) {
            if (seen.add(KeyBlob.text(key.getKeyIdentity().getPublic()))) {
                keys.add((login, session) -> key);
            }
        }
    }
}
