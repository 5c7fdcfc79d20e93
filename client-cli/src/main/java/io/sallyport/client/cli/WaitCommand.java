package io.sallyport.client.cli;

import io.sallyport.client.Answer;
import java.io.IOException;
import java.util.function.Supplier;

/** {@code sally wait}: until a build has ended. */
final class WaitCommand implements Command {
    private final Syntax syntax = new Syntax(
            "wait",
            this,
            "Waits until a build has ended, also after a lost connection.",
            "The exit status is the build's: 0 succeeded, 1 failed, 3 canceled, 4 timed out, 5 errored.");
    private final Supplier<Long> id = syntax.build();

    private final Session session;

    WaitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Answer ended = session.client().await(id.get());
        String sentence = BuildSentence.of(ended.document()).orElse("build " + id.get() + " ended");
        session.console().print(session.json() ? ended.text() : sentence + "\n");
        return ended.status();
    }
}
