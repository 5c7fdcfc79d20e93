package io.sallyport.gateway.sftp;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.Pace;
import io.sallyport.gateway.settings.Config;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code /incoming}: a folder for each project that the caller may see. A file written there is submitted; it is there
 * while it is written, and never again. Whether the caller may submit is the router's to say when a file is opened.
 */
final class Incoming {
    private static final Pattern SOURCE = Pattern.compile(".+\\.(?:tar|tar\\.gz|tgz|tar\\.zst|tar\\.xz|zip)");

    private final Records records;
    private final Handles handles;
    private final Config.Upload pace;
    private final Instant opened;

    Incoming(Records records, Handles handles, Config.Upload pace, Instant opened) {
        this.records = records;
        this.handles = handles;
        this.pace = pace;
        this.opened = opened;
    }

    Node find(RemotePath path) {
        Optional<Upload> upload = handles.uploadTo(path);
        return upload.isPresent() ? new Growing(upload.get()) : new Place(ProjectNames.join(path.below()));
    }

    /**
     * Begins a submission.
     *
     * @param path of the file
     * @param data where the bytes of writes come from
     * @throws Failure when the router refuses before it has read a byte, or the name is none of an archive
     */
    Upload begin(RemotePath path, ChannelInput data) throws Failure, InterruptedException {
        List<String> names = path.below();
        if (names.size() < 2) {
            throw new Failure(Status.PERMISSION_DENIED, "a source is written to /incoming/PROJECT/NAME.tar");
        }
        if (!SOURCE.matcher(names.getLast()).matches()) {
            throw new Failure(
                    Status.FAILURE,
                    "a source's name ends with .tar, .tar.gz, .tgz, .tar.zst, .tar.xz or .zip, and is never changed");
        }
        String project = ProjectNames.join(names.subList(0, names.size() - 1));
        return Upload.begin(records, project, path, new UploadBody(data, new Pace(pace)));
    }

    /** A file that is being written. */
    private record Growing(Upload upload) implements Node {
        @Override
        public Attributes attributes() {
            return upload.attributes();
        }
    }

    /** The folder of a project, or of projects whose names begin alike; the root's name is empty. */
    private final class Place implements Node {
        private final String name;

        Place(String name) {
            this.name = name;
        }

        @Override
        public Attributes attributes() throws Failure, InterruptedException {
            return name.isEmpty() ? Attributes.folder(opened) : attributes(ProjectNames.of(records), name);
        }

        @Override
        public Listing list() throws Failure, InterruptedException {
            ProjectNames names = ProjectNames.of(records);
            if (!name.isEmpty()) {
                attributes(names, name);
            }
            List<Entry> entries = new ArrayList<>();
            for (String child : names.children(name)) {
                entries.add(new Entry(child, attributes(names, name.isEmpty() ? child : name + "/" + child)));
            }
            return Listing.of(entries);
        }

        private static Attributes attributes(ProjectNames names, String of) throws Failure {
            Instant since = names.since(of).orElseThrow(Failure::notThere);
            return names.takes(of) ? Attributes.openFolder(since) : Attributes.folder(since);
        }
    }
}
