package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.workspace.FolderRemoval;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * What of this machine's system a sandbox shows, as bubblewrap's options: programs and libraries, and of {@code /etc}
 * only what programs need to work and everybody may know. User names are the sandbox's own.
 */
final class SystemView {
    private static final Path ETC = Path.of("/etc");
    /** On systems with a merged /usr these are links. */
    private static final List<String> ROOT_FOLDERS = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private static final List<String> ETC_PARTS = List.of(
            "alternatives",
            "crypto-policies",
            "fonts",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "localtime",
            "os-release",
            "pki/ca-trust/extracted",
            "pki/tls/certs",
            "protocols",
            "services",
            "ssl/certs",
            "ssl/openssl.cnf");
    private static final List<String> ETC_OF_A_NETWORK = List.of("gai.conf", "host.conf", "hosts", "resolv.conf");
    private static final String PASSWD = """
            root:x:0:0:root:/:/bin/sh
            build:x:1000:1000:build:/home/build:/bin/sh
            nobody:x:65534:65534:nobody:/:/bin/sh
            """;
    private static final String GROUP = """
            root:x:0:
            build:x:1000:
            nogroup:x:65534:
            """;
    private static final String HOSTS = """
            127.0.0.1 localhost build
            ::1 localhost build
            """;
    private static final String NAMES = """
            passwd: files
            group: files
            hosts: files dns
            """;

    private final Path made;
    private final List<String> options = new ArrayList<>();

    private SystemView(Path made) {
        this.made = made;
    }

    /**
     * Reads the machine as it is now.
     *
     * @param made a folder for the files that are the sandbox's own; written anew
     */
    static SystemView of(Path made, boolean network) throws IOException {
        SystemView view = new SystemView(made);
        FolderRemoval.remove(made);
        Files.createDirectory(made);
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        view.programs();
        view.etc(ETC_PARTS);
        view.javaSettings();
        if (network) {
            view.etc(ETC_OF_A_NETWORK);
        } else {
            view.own("hosts", HOSTS);
        }
        view.own("passwd", PASSWD);
        view.own("group", GROUP);
        view.own("nsswitch.conf", NAMES);
        return view;
    }

    /** Options for bubblewrap, in their order. */
    List<String> options() {
        return List.copyOf(options);
    }

    /** The folder of the files that are the sandbox's own. */
    Path made() {
        return made;
    }

    private void programs() throws IOException {
        show(Path.of("/usr"), Path.of("/usr"));
        for (String name : ROOT_FOLDERS) {
            Path folder = Path.of("/", name);
            if (Files.isSymbolicLink(folder)) {
                options.addAll(
                        List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString()));
            } else if (Files.isDirectory(folder)) {
                show(folder, folder);
            }
        }
    }

    private void etc(List<String> parts) throws IOException {
        for (String part : parts) {
            Path place = ETC.resolve(part);
            if (Files.exists(place)) { // what a link points to is shown in its place
                show(place.toRealPath(), place);
            }
        }
    }

    /** Debian keeps the settings of its JDKs in /etc, with a folder among them that is meant for passwords. */
    private void javaSettings() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(ETC, "java-*")) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    show(folder, folder);
                    hide(folder.resolve("management"));
                }
            }
        }
    }

    private void own(String name, String text) throws IOException {
        Path file = Files.writeString(made.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        show(file, ETC.resolve(name));
    }

    private void hide(Path folder) {
        if (Files.isDirectory(folder)) {
            options.addAll(List.of("--tmpfs", folder.toString(), "--remount-ro", folder.toString()));
        }
    }

    private void show(Path source, Path place) {
        options.addAll(List.of("--ro-bind", source.toString(), place.toString()));
    }
}
