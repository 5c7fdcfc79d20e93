package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.executor.shell.ShellScript;

/**
 * What is given to a container for one shell to read: a line for its first process, then what the shell runs.
 *
 * @param mark of the shell
 * @param lasts whether the container goes on after it
 * @param unpacking of a container that does not last
 */
record ShellText(OutputMark mark, boolean lasts, Unpacking unpacking) {
    private static final String GO = "cd " + ShellScript.quote(ContainerPlaces.JOB.workspace()) + " || exit 1\n";

    /** For a job's script as {@link ShellScript} has it. */
    byte[] of(String script) {
        String text = switch (unpacking) {
            case Unpacking.None none -> lasts ? mark.line() + whole(mark.knocks(), script) : mark.line() + GO + script;
            case Unpacking.Trial trial ->
                mark.lineBeforeOwnKnock()
                        + whole(
                                "if " + trial.lines() + "; then\n" + mark.knocksAndUnpacks() + "else\n" + mark.knocks()
                                        + "fi\n",
                                script);
            case Unpacking.Source source -> mark.lineBeforeOwnKnock() + whole(source.lines() + mark.knocks(), script);
        };
        return text.getBytes(UTF_8);
    }

    /** A shell that reads only a part of it runs nothing. */
    private static String whole(String before, String script) {
        return "{\n" + before + GO + script + "}\n";
    }
}
