package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Isolation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No sandbox: a job has a session of its own (setsid(2)) and is else like any program of the gateway's user.
 *
 * @param reason why there is none
 * @param setsid the program that makes the session, where there is one
 */
record Unconfined(String reason, Optional<Path> setsid) implements Confinement {
    @Override
    public Isolation isolation() {
        return new Isolation(
                "none",
                List.of(),
                List.of("there is no sandbox (" + reason
                        + "): this build can read, change and end whatever the gateway itself can."));
    }

    @Override
    public Places places(RunFolder folder) {
        return new Places(
                folder.workspace(), folder.home(), folder.tmp(), folder.ask(), folder.answer(), folder.files());
    }

    @Override
    public int processes() {
        return 0;
    }

    @Override
    public ProcessBuilder confine(RunFolder folder) throws IOException {
        folder.renewFiles();
        List<String> command = new ArrayList<>();
        setsid.ifPresent(program -> command.add(program.toString()));
        command.add("/bin/sh");
        return new ProcessBuilder(command).directory(folder.workspace().toFile());
    }

    @Override
    public Family family(HostProcess launched, RunFolder folder, String mark) {
        return new MarkedFamily(launched, folder.path(), mark);
    }
}
