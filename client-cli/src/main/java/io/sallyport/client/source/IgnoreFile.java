package io.sallyport.client.source;

import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of one file; the last one that matches decides.
 *
 * @param below the path of its folder from where paths are counted, with a slash at its end; empty for that place itself
 * @param patterns in their order
 */
record IgnoreFile(String below, List<IgnorePattern> patterns) {
    private static final long LARGEST = 16 << 20;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** The patterns in a file; none when there is no such file, or it is a link, which git does not follow either. */
    static Optional<IgnoreFile> read(Path file, String below) throws ClientException {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            List<IgnorePattern> patterns = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(3) : text)
                    .lines()
                    .map(IgnorePattern::of)
                    .flatMap(Optional::stream)
                    .toList();
            return patterns.isEmpty() ? Optional.empty() : Optional.of(new IgnoreFile(below, patterns));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ClientException.BadSource("cannot read '" + file + "': " + e.getMessage());
        }
    }

    /** Whether it is ignored; null when no pattern speaks of it. */
    @Nullable
    Boolean ignores(String path, boolean folder) {
        String inside = bytes(path.substring(below.length()));
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(inside, folder)) {
                return !patterns.get(i).negated();
            }
        }
        return null;
    }

    /** A character for each byte of UTF-8: git's {@code ?} stands for one byte. */
    private static String bytes(String text) {
        return text.chars().allMatch(c -> c < 0x80)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
