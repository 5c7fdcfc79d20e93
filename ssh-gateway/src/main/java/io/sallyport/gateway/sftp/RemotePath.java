package io.sallyport.gateway.sftp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as a client names it: relative ones begin at the root, and {@code .} and {@code ..} are taken out, since there
 * are no other links in the tree than those that {@link Tree} resolves itself.
 *
 * @param names from the root on; none is empty
 */
record RemotePath(List<String> names) {
    /** The folder that takes submissions. */
    static final String INCOMING = "incoming";

    /** Bytes; no path of the tree is nearly as long. */
    private static final int LONGEST = 8192;

    /**
     * Reads a path.
     *
     * @throws Failure when nothing can be there: too long, not UTF-8, or with a zero byte
     */
    static RemotePath of(byte[] bytes) throws Failure {
        if (bytes.length > LONGEST) {
            throw Failure.notThere();
        }
        String text = decode(bytes);
        if (text.indexOf('\0') >= 0) {
            throw Failure.notThere();
        }
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            switch (name) {
                case "", "." -> {}
                case ".." -> {
                    if (!names.isEmpty()) {
                        names.removeLast();
                    }
                }
                default -> names.add(name);
            }
        }
        return new RemotePath(List.copyOf(names));
    }

    /** The folder of the root that it is in; empty for the root itself. */
    String top() {
        return names.isEmpty() ? "" : names.getFirst();
    }

    /** The names below that folder. */
    List<String> below() {
        return names.isEmpty() ? names : names.subList(1, names.size());
    }

    /** Whether it is where submissions are written to. */
    boolean isIncoming() {
        return top().equals(INCOMING);
    }

    /** The path as it is told to clients: absolute, without any detour. */
    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }

    private static String decode(byte[] bytes) throws Failure {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Failure.notThere();
        }
    }
}
