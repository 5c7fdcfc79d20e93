package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.shell.ShellScript;

/**
 * What the first shell of a job does before it says that it is there: lines of shell, which leave nothing changed in it, and
 * print nothing unless they fail. They are read together with all that follows: a shell that reads only a part runs none.
 */
sealed interface Unpacking {
    /** No variable's file is called so. */
    String TAR = ShellScript.quote(ContainerPlaces.FILES + "/.source.tar");

    /** Nothing: the files are there. */
    record None() implements Unpacking {}

    /** The same; but it tries with a file of no use whether it could unpack, and says so with its knock. */
    record Trial() implements Unpacking {
        private static final String NAME = ".sallyport-trial";
        private static final String PLACE =
                ShellScript.quote(ContainerPlaces.JOB.tmp().resolve(NAME));

        /** Paths of programs among which may be some of the job's. */
        private static final String JOBS = "*:[!/]* | *:/build/* | *//* | */./* | */../*";

        /** Succeeds when it could, without a word; what it has made is gone, where the image has what it takes for that. */
        String lines() {
            return "(\ncase \":$PATH\" in " + JOBS + ") exit 1 ;; esac\n[ \"$(command -v printf)\" = printf ] && "
                    + unpack(ContainerPlaces.JOB.tmp().toString(), TarText.quoted(SmallTar.ofOne(NAME)))
                    + " && [ -s " + PLACE + "/file ]\ntried=$?\nrm -rf " + PLACE + " " + TAR
                    + " && exit $tried\n) >/dev/null 2>&1";
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
                    + " && rm -f " + TAR
                    + " && exit\ncommand echo \"${said:-it was broken off}\" >&2\nexit 1\n) || exit 1\n";
        }
    }

    /** In memory first: a pipe's other end could not tell a tar that is whole from one whose maker was killed. */
    private static String unpack(String folder, String quoted) {
        return "cd " + ShellScript.quote(folder) + " && umask 077 && printf " + quoted + " >" + TAR
                + " && umask 0 && said=$(tar -xopf " + TAR + " 2>&1 </dev/null)";
    }
}
