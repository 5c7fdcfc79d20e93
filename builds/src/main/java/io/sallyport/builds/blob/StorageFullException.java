package io.sallyport.builds.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A write failed because the disk, or the share of it that may be used, is full. */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1;

    /** The C library's words for ENOSPC and EDQUOT, which Java passes on as text only. */
    private static final List<String> WORDS = List.of("No space left on device", "Disk quota exceeded");

    /** Less than this left counts as full when the words are in another language. */
    private static final long NOTHING_LEFT = 64 << 10;

    /** Wraps the failure that the operating system reported. */
    public StorageFullException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** The failure itself, or its wrapping when it came from a full disk under {@code folder}. */
    static IOException recognise(IOException failure, Path folder) {
        if (failure instanceof StorageFullException) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage());
        return WORDS.stream().anyMatch(message::contains) || nothingLeft(folder)
                ? new StorageFullException(failure)
                : failure;
    }

    private static boolean nothingLeft(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < NOTHING_LEFT;
        } catch (IOException e) {
            return false;
        }
    }
}
