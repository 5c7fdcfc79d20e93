package io.sallyport.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The user's own {@code ssh} program, one process for each request; so the user's agent, configuration, jump hosts,
 * hardware keys and known hosts work as they do for git.
 */
public final class SshProgram implements Transport {
    private final SshTarget target;
    private final Set<SshProcess> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A way to the target; nothing is started yet. */
    public SshProgram(SshTarget target) {
        this.target = target;
    }

    @Override
    public Channel open(String commandLine) throws ClientException {
        return start(command(List.of("-T"), commandLine));
    }

    @Override
    public Channel openSubsystem(String name) throws ClientException {
        return start(command(List.of("-T", "-s"), name));
    }

    private Channel start(List<String> command) throws ClientException {
        try {
            SshProcess process = new SshProcess(new ProcessBuilder(command).start(), open::remove);
            open.add(process);
            if (closed) {
                process.close();
            }
            return process;
        } catch (IOException e) {
            throw new ClientException.NoSshProgram(command.getFirst(), e);
        }
    }

    /** The arguments of the program. Options given by the user come first, since ssh takes the first of each. */
    private List<String> command(List<String> kind, String last) {
        List<String> command = new ArrayList<>(target.program());
        command.addAll(kind);
        target.port().ifPresent(port -> command.addAll(List.of("-p", Integer.toString(port))));
        target.identities().forEach(file -> command.addAll(List.of("-i", file)));
        target.options().forEach(option -> command.addAll(List.of("-o", option)));
        // A connection that is dead without a word is noticed within a minute, and can then be made anew.
        command.addAll(List.of("-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3"));
        command.add(target.host());
        command.add(last);
        return command;
    }

    @Override
    public void close() {
        // First: one that is being opened at this moment sees it, and does not outlive this.
        closed = true;
        open.forEach(SshProcess::close);
    }
}
