package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;
import java.util.List;
import java.util.Map;

/**
 * {@code /builds/ID/jobs} with a folder for each job, which has the job's part of the log. A job's name can have what the
 * name of a folder cannot: a slash is {@code %2F} then, and a percent sign {@code %25}.
 *
 * @param build the number
 */
record JobFolders(Records records, long build) implements Node {
    private static final String LOG = "log";

    Node find(List<String> names) throws Failure {
        return switch (names.size()) {
            case 0 -> this;
            case 1 -> new JobFolder(job(names.getFirst()));
            case 2 -> {
                if (!names.get(1).equals(LOG)) {
                    throw Failure.notThere();
                }
                yield log(job(names.getFirst()));
            }
            default -> throw Failure.notThere();
        };
    }

    @Override
    public Attributes attributes() throws Failure, InterruptedException {
        return Attributes.folder(found().modified());
    }

    @Override
    public Listing list() throws Failure, InterruptedException {
        BuildRecord of = found();
        return Listing.of(of.jobs().stream()
                .map(job -> new Entry(folder(job), Attributes.folder(of.modified())))
                .toList());
    }

    private static String folder(String job) {
        String name = job.replace("%", "%25").replace("/", "%2F");
        return name.equals(".") || name.equals("..") ? name.replace(".", "%2E") : name;
    }

    private static String job(String folder) {
        return folder.replace("%2E", ".").replace("%2F", "/").replace("%25", "%");
    }

    private BuildRecord found() throws Failure, InterruptedException {
        return BuildRecord.of(records.document("/builds/" + build));
    }

    private Node log(String job) {
        return new JobLog(new ContentFile(records, build, "/builds/" + build + "/log", Map.of("job", job)));
    }

    /** The folder of one job. */
    private final class JobFolder implements Node {
        private final String job;

        JobFolder(String job) {
            this.job = job;
        }

        @Override
        public Attributes attributes() throws Failure, InterruptedException {
            BuildRecord of = found();
            if (!of.jobs().contains(job)) {
                throw Failure.notThere();
            }
            return Attributes.folder(of.modified());
        }

        @Override
        public Listing list() throws Failure, InterruptedException {
            try {
                return Listing.of(List.of(new Entry(LOG, log(job).attributes())));
            } catch (Failure e) {
                if (e.status() == Status.NO_SUCH_FILE) {
                    return Listing.of(List.of()); // it is not kept any more
                }
                throw e;
            }
        }
    }

    /** A selection of the log: its offsets are those of the whole, so a position in the file is counted from its start. */
    private record JobLog(ContentFile selection) implements Node {
        @Override
        public Attributes attributes() throws Failure, InterruptedException {
            return selection.attributes();
        }

        @Override
        public Content content() throws Failure, InterruptedException {
            return new CountedContent(selection.content());
        }
    }
}
