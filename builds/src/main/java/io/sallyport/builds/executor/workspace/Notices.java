package io.sallyport.builds.executor.workspace;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What a job's log says of files that were passed over, up to a number of lines. For one thread. */
public final class Notices {
    private static final int MOST = 20;

    private final String subject;
    private final JobOutput output;
    private final Set<String> used = new HashSet<>();
    private int said;

    /** Of such files, each line beginning with that word. */
    public Notices(String subject, JobOutput output) {
        this.subject = subject;
        this.output = output;
    }

    /** Says one line. */
    public void say(String text) throws IOException {
        if (++said <= MOST) {
            output.system(subject + ": " + text);
        } else if (said == MOST + 1) {
            output.system(subject + ": and more of this kind");
        }
    }

    /** Says of a file that it is not kept, and why. */
    public void passedOver(String path, String why) throws IOException {
        say(path + " " + why + ", it is not kept");
    }

    /** Remembers which paths have named something. */
    public void used(ArtifactPatterns patterns, ArtifactPatterns.Position position) {
        used.addAll(patterns.matching(position));
    }

    /** Says which paths have named nothing. */
    public void sayUnused(ArtifactPatterns patterns) throws IOException {
        for (String written : patterns.written()) {
            if (!used.contains(written)) {
                say("nothing is there for " + written);
            }
        }
    }
}
