package io.sallyport.client.mina;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/** The algorithms of signatures that are good enough: no DSA, no SHA-1. */
final class HostKeyAlgorithms {
    private static final List<BuiltinSignatures> PLAIN = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private static final List<BuiltinSignatures> CERTIFIED = List.of(
            BuiltinSignatures.ed25519_cert,
            BuiltinSignatures.nistp256_cert,
            BuiltinSignatures.nistp384_cert,
            BuiltinSignatures.nistp521_cert,
            BuiltinSignatures.rsaSHA512_cert,
            BuiltinSignatures.rsaSHA256_cert);

    private static final List<BuiltinSignatures> SECURITY_KEYS =
            List.of(BuiltinSignatures.sk_ssh_ed25519, BuiltinSignatures.sk_ecdsa_sha2_nistp256);

    private HostKeyAlgorithms() {}

    /** For a host: certificates only where there is an authority for it, then its known types of keys, then the others. */
    static List<NamedFactory<Signature>> of(Collection<String> types, boolean authority) {
        List<NamedFactory<Signature>> all = new ArrayList<>(authority ? CERTIFIED : List.of());
        PLAIN.stream().filter(each -> types.contains(type(each))).forEach(all::add);
        PLAIN.stream().filter(each -> !types.contains(type(each))).forEach(all::add);
        return all;
    }

    /** For the user's own keys, which the agent may hold. */
    static List<NamedFactory<Signature>> ofUsers() {
        List<NamedFactory<Signature>> all = new ArrayList<>(CERTIFIED);
        all.addAll(PLAIN);
        all.addAll(SECURITY_KEYS);
        return all;
    }

    private static String type(BuiltinSignatures signature) {
        return KeyUtils.getCanonicalKeyType(signature.getName());
    }
}
