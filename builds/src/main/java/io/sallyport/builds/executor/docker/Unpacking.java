package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.shell.ShellScript;

/**
 * What the first shell of a job does before it says that it is there: lines of shell, which leave nothing changed in it, and
 * print nothing unless they fail. They are read together with all that follows: a shell that reads only a part runs none.
 */
sealed interface Unpacking {
    /** Nothing: the files are there. */
    record None() implements Unpacking {}

    /** The same; but it tries with a file of no use whether it could unpack, and says so with its knock. */
    record Trial() implements Unpacking {
        private static final String PLACE = ".sallyport-trial";

        /** Succeeds when it could, without a word; what it has made is gone. */
        String lines() {
            return "(\n[ \"$(command -v printf)\" = printf ] && "
                    + unpack(ContainerPlaces.JOB.tmp().toString(), TarText.quoted(SmallTar.ofOne(PLACE)))
                    + " && [ -s " + PLACE + "/file ] && rm -rf " + PLACE + "\n) >/dev/null 2>&1";
        }
    }

    /**
     * It unpacks the files.
     *
     * @param tar a {@link SmallTar}, as {@link TarText} has it
     */
    record Source(String tar) implements Unpacking {
        /** Ends the shell with the words of what was in the way, when not all of it is there. */
        String lines() {
            return "(\n{ set +x; said=; } 2>/dev/null\n"
                    + unpack(ContainerPlaces.JOB.workspace().toString(), tar)
                    + " && exit\ncommand echo \"${said:-it was broken off}\" >&2\nexit 1\n) || exit 1\n";
        }
    }

    /** In memory first: a pipe's other end could not tell a tar that is whole from one whose maker was killed. */
    private static String unpack(String folder, String quoted) {
        String file = ShellScript.quote(ContainerPlaces.FILES + "/.source.tar"); // no variable's file is called so
        return "cd " + ShellScript.quote(folder) + " && umask 077 && printf " + quoted + " >" + file
                + " && umask 0 && said=$(tar -xopf " + file + " 2>&1 </dev/null) && rm -f " + file;
    }
}
