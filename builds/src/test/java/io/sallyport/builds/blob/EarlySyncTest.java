package io.sallyport.builds.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlySyncTest {
    @TempDir
    Path folder;

    @Test
    void aFailedStepFailsTheCommit() throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        EarlySync sync = new EarlySync(channel);
        channel.close();

        sync.written(64 << 20);
        assertThrows(IOException.class, sync::await);
        sync.written(256 << 20);
        assertThrows(IOException.class, sync::await);
    }

    @Test
    void nothingIsToBeWaitedForWhenLittleWasWritten() throws IOException {
        try (FileChannel channel =
                FileChannel.open(folder.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            EarlySync sync = new EarlySync(channel);
            sync.written(1000);
            sync.await();
        }
    }

    @Test
    void aBlobOfSeveralStepsIsWhole() throws Exception {
        FileBlobStore store = FileBlobStore.open(folder);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[1 << 20];
        try (BlobWriter writer = store.create()) {
            for (int i = 0; i < 150; i++) {
                piece[i] = 1;
                sha256.update(piece);
                writer.write(ByteBuffer.wrap(piece));
            }
            Blob blob = writer.commit();
            assertEquals(150 << 20, blob.bytes());
            assertEquals(
                    HexFormat.of().formatHex(sha256.digest()), blob.digest().hex());
        }
    }
}
