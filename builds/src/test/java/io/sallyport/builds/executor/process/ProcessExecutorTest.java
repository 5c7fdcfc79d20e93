package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.ExecutorContractTest;
import io.sallyport.builds.executor.WorkspaceFiller;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract without a sandbox; the sandboxed one builds upon it. */
class ProcessExecutorTest extends ExecutorContractTest {
    @TempDir
    Path temp;

    Path workspaces() {
        return temp.resolve("state/workspaces");
    }

    ProcessSettings settings() {
        return ProcessSettings.in(workspaces()).with(Sandbox.NONE);
    }

    @Override
    protected Executor open(WorkspaceFiller filler) throws Exception {
        return ProcessExecutor.open(settings(), filler);
    }

    @Override
    protected long processesWith(String argument) {
        return Processes.with(argument);
    }

    @Override
    protected List<String> remains() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(workspaces(), "run-*")) {
            runs.forEach(run -> names.add(run.getFileName().toString()));
        }
        return names;
    }
}
