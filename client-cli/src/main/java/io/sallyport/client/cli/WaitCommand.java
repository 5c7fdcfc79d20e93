package io.sallyport.client.cli;

import io.sallyport.client.Answer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sally wait}: until a build has ended. */
@Command(
        name = "wait",
        abbreviateSynopsis = true,
        description = {
            "Waits until a build has ended, also after a lost connection.",
            "The exit status is the build's: 0 succeeded, 1 failed, 3 canceled, 4 timed out, 5 errored."
        })
final class WaitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", converter = BuildId.class, description = "The build.")
    private long id;

    private final Session session;

    WaitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Answer ended = session.client().await(id);
        String sentence = BuildSentence.of(ended.document()).orElse("build " + id + " ended");
        session.console().print(session.json() ? ended.text() : sentence + "\n");
        return ended.status();
    }
}
