package io.sallyport.client.cli;

import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of files that git does not take for files. It runs commands that the settings of a repository name, as soon as it looks at it. */
final class GitNames {
    /** What HFS+ and other file systems pass over when they compare names; more than git itself does. */
    private static final Pattern PASSED_OVER =
            Pattern.compile("[\\p{Cf}\\x{34f}\\x{180b}-\\x{180f}\\x{fe00}-\\x{fe0f}]");

    /** What NTFS does not have in a name: the name of a stream, and dots and blanks at the end. */
    private static final Pattern CUT_OFF = Pattern.compile("[. ]*(?::.*)?$", Pattern.DOTALL);

    private GitNames() {}

    /** Whether some file system has {@code .git} by this name, or by a part of it that stands for a folder there. */
    static boolean isRepository(String name) {
        return Stream.of(name.split("\\\\"))
                .map(GitNames::plain)
                .anyMatch(part -> part.equals(".git") || part.equals("git~1"));
    }

    /** The name under which all file systems find the same file that some find by the name given. */
    static String plain(String name) {
        String seen = PASSED_OVER.matcher(name).replaceAll("");
        return CUT_OFF.matcher(seen).replaceFirst("").toLowerCase(Locale.ROOT);
    }

    /** An artifact that would be, or get into, a repository, which {@code what} says. */
    static ClientException.Withheld withheld(long build, String path, String what) {
        String nevertheless = Request.of("sally", "get", Long.toString(build), path, "-o", "FILE")
                .commandLine();
        return new ClientException.Withheld(
                path,
                "git takes " + what + " for a repository, whose settings run commands; to have it nevertheless: "
                        + nevertheless);
    }
}
