package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What an object is. */
enum ObjectType {
    COMMIT,
    TREE,
    BLOB,
    TAG;

    /** What is hashed before the bytes of an object of that size. */
    byte[] header(long size) {
        String name = switch (this) {
            case COMMIT -> "commit";
            case TREE -> "tree";
            case BLOB -> "blob";
            case TAG -> "tag";
        };
        return (name + " " + size + "\0").getBytes(US_ASCII);
    }
}
