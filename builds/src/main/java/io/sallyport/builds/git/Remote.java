package io.sallyport.builds.git;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.Refusal.NotFetched.Why;
import io.sallyport.builds.git.PktLines.Packet;
import io.sallyport.builds.source.GitAddress;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository that is spoken to in version 2 of the protocol (git's documentation of {@code gitprotocol-v2}). For one thread. */
final class Remote {
    private static final int MOST_REFS = 100_000;
    private static final int MOST_CAPABILITIES = 1000;
    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";
    private static final Pattern REF =
            Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64}) (\\S+)(?: symref-target:(\\S+))?(?: .*)?");

    private final GitHttp http;
    private String format = "sha1";

    Remote(GitHttp http) {
        this.http = http;
    }

    /** The hash that names its objects, as Java calls it. */
    String hash() {
        return format.equals("sha256") ? "SHA-256" : "SHA-1";
    }

    /** Bytes of such a name. */
    int nameBytes() {
        return format.equals("sha256") ? 32 : 20;
    }

    /** Learns what it can do. */
    void hello() throws IOException {
        try (InputStream in = http.hello()) {
            PktLines lines = new PktLines(in);
            Packet first = lines.expected();
            if (first.text().startsWith("# service=")) {
                lines.expected(); // a flush
                first = lines.expected();
            }
            if (!first.text().equals("version 2")) {
                throw GitFailure.of(
                        Why.FAILED, "it speaks an old version of git's protocol: version 2 is needed (git 2.18)");
            }
            for (int count = 0; count < MOST_CAPABILITIES; count++) {
                Packet line = lines.expected();
                if (line.isFlush()) {
                    return;
                }
                if (line.text().startsWith("object-format=")) {
                    format(line.text().substring("object-format=".length()));
                }
            }
            throw GitFailure.malformed("it can do too much");
        }
    }

    private void format(String name) throws GitFailure {
        if (!name.equals("sha1") && !name.equals("sha256")) {
            throw GitFailure.of(Why.FAILED, "it names objects by " + Words.of(name));
        }
        format = name;
    }

    /** Finds what an address means. Of a branch and a tag of the same name the branch is meant, as for {@code git clone}. */
    Tip find(GitAddress address) throws IOException {
        if (address.commit().isPresent()) {
            String id = address.commit().get();
            if (id.length() != 2 * nameBytes()) {
                throw GitFailure.of(Why.NO_REF, "its commits have ids of " + 2 * nameBytes() + " digits");
            }
            return new Tip(Optional.empty(), id);
        }
        if (address.ref().isEmpty()) {
            return refs(List.of("HEAD")).head().orElseThrow(() -> GitFailure.of(Why.NO_REF, "it has no HEAD"));
        }
        String name = address.ref().get();
        List<String> names = name.startsWith("refs/") ? List.of(name) : List.of(BRANCHES + name, TAGS + name);
        Refs found = refs(names);
        for (String each : names) {
            String id = found.ids().get(each);
            if (id != null) {
                return new Tip(Optional.of(each), id);
            }
        }
        throw GitFailure.of(Why.NO_REF, "it has no branch or tag '" + Words.of(name) + "'" + near(name));
    }

    private String near(String name) throws IOException {
        List<String> known = new ArrayList<>();
        for (String ref : refs(List.of(BRANCHES, TAGS)).ids().keySet()) {
            known.add(name.startsWith("refs/") ? ref : ref.replaceFirst("^refs/(heads|tags)/", ""));
        }
        return Nearest.to(name, known)
                .map(near -> ", did you mean '" + Words.of(near) + "'?")
                .orElse("");
    }

    /** Refs by their full names, and what HEAD is. */
    private record Refs(Map<String, String> ids, Optional<Tip> head) {}

    private Refs refs(List<String> prefixes) throws IOException {
        PktLines.Writer request = command("ls-refs").delimiter().line("symrefs");
        prefixes.forEach(prefix -> request.line("ref-prefix " + prefix));
        Map<String, String> ids = new HashMap<>();
        Optional<Tip> head = Optional.empty();
        try (InputStream in = http.ask(request.flush())) {
            PktLines lines = new PktLines(in);
            for (Packet line = lines.expected(); !line.isFlush(); line = lines.expected()) {
                Matcher ref = REF.matcher(line.text());
                if (!ref.matches() || ref.group(1).length() != 2 * nameBytes()) {
                    throw GitFailure.malformed("a ref that is none");
                }
                if (ids.size() >= MOST_REFS) {
                    throw GitFailure.tooLarge("refs", MOST_REFS);
                }
                if (ref.group(2).equals("HEAD")) {
                    head = Optional.of(new Tip(Optional.ofNullable(ref.group(3)), ref.group(1)));
                }
                ids.put(ref.group(2), ref.group(1));
            }
        }
        return new Refs(ids, head);
    }

    private PktLines.Writer command(String name) {
        return new PktLines.Writer()
                .line("command=" + name)
                .line("agent=sallyport")
                .line("object-format=" + format);
    }

    /** Asks for a commit without its parents; what is done with its pack is done while it comes. */
    void fetch(Tip tip, PackUse use) throws IOException {
        byte[] request = command("fetch")
                .delimiter()
                .line("no-progress")
                .line("ofs-delta")
                .line("deepen 1")
                .line("want " + tip.id())
                .line("done")
                .flush();
        try (InputStream in = http.ask(request)) {
            PktLines lines = new PktLines(in);
            for (Packet line = lines.expected(); !line.text().equals("packfile"); line = lines.expected()) {
                if (line.isFlush()) {
                    throw GitFailure.malformed("no pack comes");
                }
            }
            use.read(new SideBand(lines));
        }
    }

    /** Reads a pack. */
    @FunctionalInterface
    interface PackUse {
        void read(InputStream pack) throws IOException;
    }
}
