package io.sallyport.builds.executor;

import io.sallyport.builds.plan.ArtifactRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One job on an executor: a workspace, and commands that run in it. See {@link Executor} for order and threads. Where
 * files are handed out or put in, no link is ever followed, neither at the end of a path nor on the way.
 */
public interface Run extends AutoCloseable {
    /** The image that it runs in, with what stands for exactly that one, for records; empty where there are none. */
    Optional<String> image();

    /** The machine that it runs on, by the name that records have; empty where there is only one, and before the first start. */
    Optional<String> node();

    /**
     * Adds files to the workspace: earlier jobs' artifacts, caches. Before the first {@link #start}; any number of
     * times, a later one on top of an earlier. What is in the way of an entry is replaced by it, whatever it is: a file
     * by a folder, a folder with all in it by a file, a link, also one of the source's, by the folder that a path goes
     * through. A folder that is there stays, with what is in it. Permissions (without set-user-id, set-group-id and
     * sticky bits) and times, to the second at least, are those of the tar; the owner is the job's user, who can change
     * everything.
     *
     * @param tar ustar or pax, read to its end; it remains the caller's, who also bounds its bytes
     * @throws IOException when the tar is damaged, or has what it may not have (absolute paths, {@code ..}, devices and
     *     the like, too many or too deep entries), or a disk fails; the workspace then holds any part of it
     * @throws InterruptedException when the thread is interrupted; the same
     */
    void unpack(InputStream tar) throws IOException, InterruptedException;

    /**
     * Starts one shell for these commands, in the workspace. Its output goes to {@code output} from threads of the
     * run's, unchanged and in the order of each stream, until {@link #await} returns. When that has returned it may be
     * called again, for another shell in the same workspace: files are as the one before has left them, processes of it
     * are gone, its variables and functions forgotten; files of variables are there anew.
     *
     * @throws IOException when the commands cannot be started: the job is errored, not failed
     */
    void start(Commands commands, JobOutput output) throws IOException;

    /**
     * Waits until the commands that were started last have ended, all their processes are gone and all their output has
     * been given over. Asked again, the answer is the same, until the next {@link #start}.
     *
     * @throws IOException when the end cannot be learned (an engine that is gone)
     * @throws InterruptedException when the thread is interrupted; the job goes on
     */
    Exit await() throws IOException, InterruptedException;

    /**
     * Ends the commands that run: every process of the job is asked politely (SIGTERM) first, and ended by force after
     * the grace time. Returns at once; {@link #await} tells when it is done. Before the first {@link #start} it makes
     * that end at once. Further calls, and calls when commands have ended, do nothing: those that are started after
     * that run.
     */
    void stop(Duration grace);

    /**
     * Lets somebody in beside the commands that run: same files, processes and network, same limits, and nothing that the
     * commands may not do. Comes from any thread, any number of times. Whatever is started so ends with the visit, and with
     * the commands.
     *
     * @return empty when no commands run at the moment
     * @throws IOException when that cannot be done, with the words of what was in the way
     * @throws InterruptedException when the thread is interrupted; nobody is let in
     */
    Optional<Visit> enter(Entry entry, VisitOutput output) throws IOException, InterruptedException;

    /**
     * Hands over the files that rules name, when nothing of the job runs; any number of times. What is
     * named but not handed over (links, pipes, files that may not be read),
     * and rules that name nothing, are said as system lines of the output that {@link #start} was given last. Of the
     * rules only paths, exclude and untracked count: when files are kept is the caller's.
     *
     * @param rules with {@code untracked} only where the order's job has such a rule
     * @throws IOException when a disk fails, a limit is reached or the sink refuses
     */
    void collect(ArtifactRules rules, ArtifactSink sink) throws IOException, InterruptedException;

    /**
     * Writes a tar (pax) of files of the workspace, for a later {@link #unpack}, when nothing of the job runs; any
     * number of times. Links are kept as such, wherever they lead, hard ones as files of their own; permissions and
     * times, to the second at least, as they are; owners are not. The same files give the same bytes. What is named but
     * left out (devices, sockets, pipes, what may not be read, names that are not UTF-8 or have control characters), and
     * paths that name nothing, are said as system lines of the output that {@link #start} was given last.
     *
     * @param paths of the same notation as of artifacts; a folder is in the tar with all in it, also an empty one
     * @param untracked whether all files are meant that were not in the source; only where the order's job has such a
     *     rule
     * @param tar remains the caller's, who also bounds its bytes
     * @return what is in it
     * @throws IOException when a disk fails, a limit is reached or the stream fails; the tar is of no use then
     */
    Packed pack(List<String> paths, boolean untracked, OutputStream tar) throws IOException, InterruptedException;

    /** Removes the workspace and everything else of the job. Repeated calls do nothing; failures are logged. */
    @Override
    void close();
}
