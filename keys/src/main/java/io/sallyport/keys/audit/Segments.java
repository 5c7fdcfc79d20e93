package io.sallyport.keys.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of the chain's files, named by their numbers from 1: {@code 00000001.ndjson}. */
record Segments(Path folder) {
    private static final Pattern NAME = Pattern.compile("(\\d{8})\\.ndjson");

    /** Makes the folder, for its owner alone, unless it is there. */
    void create() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** The numbers of those that are there, rising. */
    List<Integer> numbers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Segments::number)
                    .flatMapToInt(OptionalInt::stream)
                    .sorted()
                    .boxed()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The file of that number, there or not. */
    Path file(int number) {
        return folder.resolve("%08d.ndjson".formatted(number));
    }

    /** The number of a file; empty when its name is none of a segment. */
    static OptionalInt number(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
    }

    /** The first record of a segment; empty when there is none. */
    Optional<Line> first(int number) throws IOException {
        try (LineReader lines = LineReader.open(file(number))) {
            byte[] bytes = lines.next();
            return bytes == null ? Optional.empty() : Line.read(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Brings the names of files to the disk. */
    void force() throws IOException {
        try (FileChannel names = names()) {
            names.force(true);
        }
    }

    /** The folder, to bring the names of files to the disk whenever there are new ones. */
    FileChannel names() throws IOException {
        return FileChannel.open(folder, StandardOpenOption.READ);
    }
}
