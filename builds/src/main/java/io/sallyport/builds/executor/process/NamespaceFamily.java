package io.sallyport.builds.executor.process;

import java.util.List;

/**
 * Processes in a namespace of their own (pid_namespaces(7)): when its first one dies, the kernel kills all others, and
 * the first is only gone when they are.
 *
 * @param launched the process that waits for the namespace's end
 * @param first of the namespace
 */
record NamespaceFamily(HostProcess launched, HostProcess first) implements Family {
    @Override
    public List<HostProcess> members() {
        return first.lives() ? ProcessTable.below(first) : List.of();
    }

    @Override
    public void kill() {
        first.kill();
    }

    @Override
    public boolean gone() {
        return !first.lives();
    }
}
