package io.sallyport.builds.evidence;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/** The JDK's own Ed25519, with a key of its own. */
final class Ed25519Signer implements Signer {
    private final KeyPair pair;

    Ed25519Signer() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String keyId() {
        return "SHA256:key";
    }

    @Override
    public String sshSignature(String namespace, byte[] message) {
        return namespace + " over " + message.length + " bytes";
    }

    @Override
    public byte[] signature(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    boolean verifies(byte[] bytes, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(pair.getPublic());
        verifier.update(bytes);
        return verifier.verify(signature);
    }
}
