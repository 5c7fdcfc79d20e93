package io.sallyport.gateway.transport;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/**
 * What the gateway offers, and nothing else. ChaCha20 is left out: it is three times slower here than AES-GCM, and
 * OpenSSH's client takes it first where it is on offer.
 */
final class Algorithms {
    private static final List<BuiltinDHFactories> KEY_EXCHANGES = List.of(
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.sntrup761x25519,
            BuiltinDHFactories.sntrup761x25519_openssh,
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh);

    private static final List<BuiltinCiphers> CIPHERS =
            List.of(BuiltinCiphers.aes256gcm, BuiltinCiphers.aes128gcm, BuiltinCiphers.aes256ctr);

    private static final List<BuiltinMacs> MACS = List.of(BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256etm);

    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.sk_ssh_ed25519,
            BuiltinSignatures.sk_ecdsa_sha2_nistp256,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private Algorithms() {}

    /**
     * Restricts the server to them.
     *
     * @param hostCertificate whether there is a certificate for the host key
     * @throws IllegalStateException when one of them is not to be had: a wrong set of cryptography libraries
     */
    static void restrict(SshServer server, boolean hostCertificate) {
        for (BuiltinDHFactories exchange : KEY_EXCHANGES) {
            require(exchange.isSupported(), exchange.getName());
        }
        for (BuiltinCiphers cipher : CIPHERS) {
            require(cipher.isSupported(), cipher.getName());
        }
        for (BuiltinSignatures signature : SIGNATURES) {
            require(signature.isSupported(), signature.getName());
        }
        server.setKeyExchangeFactories(
                NamedFactory.setUpTransformedFactories(false, KEY_EXCHANGES, ServerBuilder.DH2KEX));
        server.setCipherFactories(List.copyOf(CIPHERS));
        server.setMacFactories(List.copyOf(MACS));
        // MINA takes from this list what it offers for itself, too.
        List<NamedFactory<Signature>> signatures = new ArrayList<>(SIGNATURES);
        if (hostCertificate) {
            signatures.addFirst(BuiltinSignatures.ed25519_cert);
        }
        server.setSignatureFactories(signatures);
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
    }

    private static void require(boolean supported, String name) {
        if (!supported) {
            throw new IllegalStateException(name + " is not available: check the BouncyCastle libraries");
        }
    }
}
