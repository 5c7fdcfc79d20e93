package io.sallyport.builds.executor.process;

import java.util.List;

/**
 * Processes in a namespace of their own, or in several nested ones (pid_namespaces(7)): when the first process of one
 * dies, the kernel kills all others in it, and the first is only gone when they are.
 *
 * @param outermost first process of the outermost namespace
 * @param innermost first process of the innermost, where the script runs; the same when there is but one
 * @param shell that runs it, a child of the innermost
 */
record NamespaceFamily(HostProcess outermost, HostProcess innermost, HostProcess shell) implements Family {
    @Override
    public List<HostProcess> members() {
        return innermost.lives() ? ProcessTable.below(innermost) : List.of();
    }

    @Override
    public void kill() {
        outermost.kill();
    }

    @Override
    public boolean shellLives() {
        return shell.lives();
    }

    @Override
    public boolean gone() {
        return !outermost.lives();
    }
}
