package io.sallyport.client.mina;

import java.io.IOException;
import java.util.Iterator;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.signature.SignatureFactoriesManager;

/** Logs in with the keys that the connection is made for, in their order; there is no other way to log in. */
final class OfferedKeys extends UserAuthPublicKeyFactory {
    OfferedKeys() {
        super(HostKeyAlgorithms.ofUsers());
    }

    @Override
    public UserAuthPublicKey createUserAuth(ClientSession session) throws IOException {
        return new UserAuthPublicKey(getSignatureFactories()) {
            @Override
            protected Iterator<PublicKeyIdentity> createPublicKeyIterator(
                    ClientSession at, SignatureFactoriesManager manager) {
                return Login.of(at).offer().keys().stream()
                        .map(key -> key.in(this, at))
                        .iterator();
            }
        };
    }
}
