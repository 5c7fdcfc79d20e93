package io.sallyport.bench.lean;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** The key exchange curve25519-sha256 (RFC 8731 in the frame of RFC 4253, sections 7 and 8). */
final class KeyExchange {
    private static final String VERSION = "SSH-2.0-lean";
    private static final int POINT = 32;
    private static final Message PROPOSAL = proposal();

    private final Packets packets;

    KeyExchange(Packets packets) {
        this.packets = packets;
    }

    /** Runs it, seals both directions, and answers the session's identifier. */
    byte[] run() throws IOException, GeneralSecurityException {
        String version = packets.exchangeVersions(VERSION);
        KeyPair own = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        byte[] point = point((XECPublicKey) own.getPublic());
        // Nobody has to wait: both sides know that the first algorithm of each kind is the one.
        packets.send(PROPOSAL, new Message().number(MessageType.ECDH_INIT).string(point));
        byte[] proposed = packets.receive();
        Fields reply = packets.expect(MessageType.ECDH_REPLY);
        byte[] hostKey = reply.string();
        byte[] serverPoint = reply.string();
        Message secret = new Message().mpint(agree(own, serverPoint));
        byte[] hash = sha256(new Message()
                .string(VERSION)
                .string(version)
                .string(PROPOSAL.bytes())
                .string(proposed)
                .string(hostKey)
                .string(point)
                .string(serverPoint)
                .raw(secret.bytes()));
        packets.send(new Message().number(MessageType.NEWKEYS));
        packets.expect(MessageType.NEWKEYS);
        packets.sealOutgoing(seal(secret, hash, 'A', 'C'));
        packets.openIncoming(seal(secret, hash, 'B', 'D'));
        return hash;
    }

    private static Message proposal() {
        Message message = new Message().number(MessageType.KEXINIT).raw(new byte[16]);
        message.string("curve25519-sha256").string("ssh-ed25519");
        message.string("aes256-gcm@openssh.com").string("aes256-gcm@openssh.com");
        message.string("hmac-sha2-256-etm@openssh.com").string("hmac-sha2-256-etm@openssh.com");
        message.string("none").string("none").string("").string("");
        return message.flag(false).integer(0);
    }

    /** Keys by RFC 4253, section 7.2: the secret, the hash, a letter, and the hash again as the session's identifier. */
    private static Seal seal(Message secret, byte[] hash, char nonce, char key) throws GeneralSecurityException {
        return new Seal(derive(secret, hash, key, Seal.KEY), derive(secret, hash, nonce, Seal.NONCE));
    }

    private static byte[] derive(Message secret, byte[] hash, char letter, int length) throws GeneralSecurityException {
        Message material =
                new Message().raw(secret.bytes()).raw(hash).number(letter).raw(hash);
        return Arrays.copyOf(sha256(material), length);
    }

    private static byte[] sha256(Message message) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(message.bytes());
    }

    private static byte[] agree(KeyPair own, byte[] serverPoint) throws GeneralSecurityException {
        PublicKey server = KeyFactory.getInstance("X25519")
                .generatePublic(
                        new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, reversed(serverPoint))));
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own.getPrivate());
        agreement.doPhase(server, true);
        return agreement.generateSecret();
    }

    /** The coordinate as the wire has it: its lowest byte first (RFC 7748, section 5). */
    private static byte[] point(XECPublicKey key) {
        byte[] highestFirst = key.getU().toByteArray();
        byte[] point = new byte[POINT];
        for (int i = 0; i < Math.min(POINT, highestFirst.length); i++) {
            point[i] = highestFirst[highestFirst.length - 1 - i];
        }
        return point;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }
}
