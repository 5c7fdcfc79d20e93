package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** An expected failure. Its message is one sentence for people: what is wrong and what to do next. */
public abstract sealed class ClientException extends IOException {
    private static final long serialVersionUID = 1L;

    private ClientException(String message) {
        super(message);
    }

    private ClientException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The program of the transport cannot be started. */
    public static final class NoSshProgram extends ClientException {
        private static final long serialVersionUID = 1L;
        private final String program;

        NoSshProgram(String program, IOException cause) {
            super("cannot run '" + program + "': install OpenSSH's client, or name yours in SALLY_SSH", cause);
            this.program = program;
        }

        /** The program's name or path. */
        public String program() {
            return program;
        }
    }

    /** The gateway's host key is not one that this user has accepted, as a transport finds that checks it by itself. */
    public static final class HostKeyRefused extends ClientException {
        private static final long serialVersionUID = 1L;
        private final String fingerprint;

        /** The sentence says what is wrong with the key, and how to accept it. */
        public HostKeyRefused(String fingerprint, String sentence) {
            super(sentence);
            this.fingerprint = fingerprint;
        }

        /** What the gateway showed, as {@code SHA256:…}. */
        public String fingerprint() {
            return fingerprint;
        }
    }

    /** No connection, or none any more. */
    public static final class Unreachable extends ClientException {
        private static final long serialVersionUID = 1L;
        private final Loss loss;

        Unreachable(Loss loss) {
            super(loss.advice());
            this.loss = loss;
        }

        Unreachable(Loss loss, String next) {
            super(loss.advice() + "; " + next);
            this.loss = loss;
        }

        /** Why. */
        public Loss loss() {
            return loss;
        }
    }

    /** The connection was lost during a submission, before the gateway said that it took the build. */
    public static final class SubmissionLost extends ClientException {
        private static final long serialVersionUID = 1L;
        private final boolean sent;

        SubmissionLost(boolean sent) {
            super(
                    sent
                            ? "the connection was lost before the gateway answered: look with 'sally api GET /builds' whether"
                                    + " it took the build, else submit again"
                            : "the connection was lost while the source was sent: nothing was submitted, submit again");
            this.sent = sent;
        }

        /** Whether the whole source had been sent, so that the build may exist. */
        public boolean sent() {
            return sent;
        }
    }

    /** The gateway lacks files of a source that was thought to be there; met by sending them. */
    public static final class FilesMissing extends ClientException {
        private static final long serialVersionUID = 1L;

        FilesMissing() {
            super("the gateway lacks files of the source: submit again");
        }
    }

    /** The gateway has no build of the manifest that changes were sent of, or knows no changes; met by sending all of it. */
    public static final class NoBase extends ClientException {
        private static final long serialVersionUID = 1L;

        NoBase() {
            super("the gateway does not have what was submitted before: submit again");
        }
    }

    /** The gateway answered with a problem. */
    public static final class Refused extends ClientException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status, String said) {
            super(said.isBlank() ? "the gateway answered with exit status " + status : said.strip());
            this.status = status;
        }

        /** The exit status, 1 to 254. */
        public int status() {
            return status;
        }
    }

    /** The gateway answered a request of a subsystem with a problem. */
    public static final class Problem extends ClientException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String type;

        Problem(JsonNode document) {
            super(document.path("title").asText() + ": "
                    + document.path("detail").asText());
            this.status = document.path("status").asInt();
            this.type = document.path("type").asText();
        }

        /** Its status, such as 404. */
        public int status() {
            return status;
        }

        /** What names its kind (RFC 9457). */
        public String type() {
            return type;
        }
    }

    /** The gateway's answer is not what the contract says. */
    public static final class Unintelligible extends ClientException {
        private static final long serialVersionUID = 1L;

        Unintelligible(String what) {
            super("the gateway's answer is not understood (" + what + "): is it a Sallyport of this version?");
        }
    }

    /** An artifact that the build does not have. */
    public static final class NoArtifact extends ClientException {
        private static final long serialVersionUID = 1L;
        private final long build;
        private final String path;

        /** Build {@code build} has no artifact {@code path}. */
        public NoArtifact(long build, String path) {
            super("build " + build + " has no artifact '" + path + "': see 'sally get " + build + "' for what it has");
            this.build = build;
            this.path = path;
        }

        /** The build's id. */
        public long build() {
            return build;
        }

        /** The path asked for. */
        public String path() {
            return path;
        }
    }

    /** What is there when a build has ended is asked for before. */
    public static final class NotEnded extends ClientException {
        private static final long serialVersionUID = 1L;
        private final long build;
        private final String state;

        /** Build {@code build} is in the state {@code state}, such as {@code running}. */
        public NotEnded(long build, String state) {
            super("build " + build + " is still " + state + ": sally wait " + build);
            this.build = build;
            this.state = state;
        }

        /** The build's id. */
        public long build() {
            return build;
        }

        /** Its state. */
        public String state() {
            return state;
        }
    }

    /** The bytes that came are not those that the gateway lists. */
    public static final class Damaged extends ClientException {
        private static final long serialVersionUID = 1L;
        private final String path;
        private final String expected;
        private final String actual;

        Damaged(String path, String expected, String actual) {
            super("'" + path + "' came damaged (" + actual + ", should be " + expected
                    + "): nothing was kept, fetch it again");
            this.path = path;
            this.expected = expected;
            this.actual = actual;
        }

        /** The artifact's path. */
        public String path() {
            return path;
        }

        /** Size or digest as listed. */
        public String expected() {
            return expected;
        }

        /** Size or digest as received. */
        public String actual() {
            return actual;
        }
    }

    /** What the gateway gave is not shown to be what it has signed for. */
    public static final class Unproven extends ClientException {
        private static final long serialVersionUID = 1L;

        /** The sentence says what is not proven, and what to do. */
        public Unproven(String sentence) {
            super(sentence);
        }
    }

    /** A file cannot be written. */
    public static final class Unwritable extends ClientException {
        private static final long serialVersionUID = 1L;

        /** {@code what} cannot be written, because of {@code why}. */
        public Unwritable(String what, String why) {
            super("cannot write " + what + ": " + why);
        }
    }

    /** An artifact whose path is none to write to. */
    public static final class Withheld extends ClientException {
        private static final long serialVersionUID = 1L;
        private final String path;

        /** The artifact {@code path} is not written, because of {@code why}. */
        public Withheld(String path, String why) {
            super("cannot write '" + path + "': " + why);
            this.path = path;
        }

        /** The artifact's path. */
        public String path() {
            return path;
        }
    }

    /** Standard output takes no more. */
    public static final class OutputClosed extends ClientException {
        private static final long serialVersionUID = 1L;

        /** It could not be written because of {@code cause}. */
        public OutputClosed(IOException cause) {
            super("cannot write the output: " + cause.getMessage(), cause);
        }
    }

    /** A source that cannot be packed as it is. */
    public static final class BadSource extends ClientException {
        private static final long serialVersionUID = 1L;

        /** The sentence says which file, why, and what to do. */
        public BadSource(String sentence) {
            super(sentence);
        }
    }

    /** A setting that cannot be used. */
    public static final class BadSetting extends ClientException {
        private static final long serialVersionUID = 1L;
        private final String origin;

        /** The setting comes from {@code origin}, such as an environment variable or a file. */
        public BadSetting(String origin, String detail) {
            super(origin + ": " + detail);
            this.origin = origin;
        }

        /** Where the setting comes from. */
        public String origin() {
            return origin;
        }
    }
}
