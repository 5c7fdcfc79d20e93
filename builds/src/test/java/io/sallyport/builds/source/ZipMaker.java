package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Makes zips for tests, welcome ones and others. */
final class ZipMaker {
    private final SeekableInMemoryByteChannel bytes = new SeekableInMemoryByteChannel();
    private final ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes);

    ZipMaker zip64() {
        out.setUseZip64(Zip64Mode.Always);
        return this;
    }

    /** Names as bytes of that character set, without saying which. */
    ZipMaker silentlyIn(String charset) {
        out.setEncoding(charset);
        out.setUseLanguageEncodingFlag(false);
        return this;
    }

    ZipMaker file(String name, String text) {
        return entry(name, 0100644, ZipEntry.DEFLATED, text.getBytes(UTF_8));
    }

    ZipMaker folder(String name) {
        return entry(name, 040755, ZipEntry.STORED);
    }

    ZipMaker link(String name, String target) {
        return entry(name, 0120777, ZipEntry.STORED, target.getBytes(UTF_8));
    }

    /** An entry as a system without Unix modes writes it. */
    ZipMaker windows(String name, byte... content) {
        return add(new ZipArchiveEntry(name), ZipEntry.DEFLATED, content);
    }

    ZipMaker entry(String name, int mode, int method, byte... content) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        return add(entry, method, content);
    }

    private ZipMaker add(ZipArchiveEntry entry, int method, byte... content) {
        try {
            entry.setTimeLocal(LocalDateTime.of(2023, 11, 14, 22, 13, 20));
            entry.setMethod(method);
            if (method == ZipEntry.STORED) {
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
            }
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ZipMaker comment(String text) {
        out.setComment(text);
        return this;
    }

    byte[] bytes() {
        try {
            out.finish();
            return Arrays.copyOf(bytes.array(), (int) bytes.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
