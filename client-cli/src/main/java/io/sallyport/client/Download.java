package io.sallyport.client;

import java.io.IOException;

/** The bytes of an artifact, read on from where they stood whenever the connection is lost. */
final class Download implements Reconnection.Attempt {
    private final Exchange exchange;
    private final long build;
    private final Artifact artifact;
    private final CheckedOutput out;

    /** Goes on behind what {@code out} has taken already, which from now on takes no more than the artifact has. */
    Download(Exchange exchange, long build, Artifact artifact, CheckedOutput out) {
        this.exchange = exchange;
        this.build = build;
        this.artifact = artifact;
        this.out = out;
        out.expect(artifact);
    }

    @Override
    public Ending run() throws IOException, InterruptedException {
        if (out.count() >= artifact.size()) {
            return new Ending.Answered(0, "");
        }
        String path = "/builds/" + build + "/artifacts/" + Request.encodePath(artifact.path());
        Request request = Request.of("GET", path);
        return exchange.run(out.count() > 0 ? request.with("offset", out.count()) : request, Body.none(), out);
    }

    @Override
    public long position() {
        return out.count();
    }

    @Override
    public String resumeHint() {
        return "nothing was kept of '" + artifact.path() + "', fetch it again";
    }
}
