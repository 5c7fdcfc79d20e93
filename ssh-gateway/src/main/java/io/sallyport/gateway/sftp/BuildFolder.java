package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;
import io.sallyport.builds.Contents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /builds/ID} and all that is in it. */
final class BuildFolder implements Node {
    private final Records records;
    private final ArtifactTrees artifacts;
    private final long id;

    BuildFolder(Records records, ArtifactTrees artifacts, long id) {
        this.records = records;
        this.artifacts = artifacts;
        this.id = id;
    }

    Node find(List<String> names) throws Failure {
        if (names.isEmpty()) {
            return this;
        }
        List<String> rest = names.subList(1, names.size());
        if (names.getFirst().equals("artifacts")) {
            return new ArtifactNode(records, artifacts, id, String.join("/", rest));
        }
        if (names.getFirst().equals("jobs")) {
            return new JobFolders(records, id).find(rest);
        }
        Node file = files().get(names.getFirst());
        if (file == null || !rest.isEmpty()) {
            throw Failure.notThere();
        }
        return file;
    }

    @Override
    public Attributes attributes() throws Failure, InterruptedException {
        return Attributes.folder(BuildRecord.of(records.document(path())).modified());
    }

    @Override
    public Listing list() throws Failure, InterruptedException {
        Attributes folder = attributes();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, Node> file : files().entrySet()) {
            present(file.getValue()).ifPresent(found -> entries.add(new Entry(file.getKey(), found)));
        }
        entries.add(new Entry("artifacts", folder));
        entries.add(new Entry("jobs", folder));
        return Listing.of(entries);
    }

    /** Of a file, unless it is gone. */
    private static Optional<Attributes> present(Node file) throws InterruptedException {
        try {
            return Optional.of(file.attributes());
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /** Files that every build has, in the order of a listing. */
    private Map<String, Node> files() {
        Map<String, Node> files = new LinkedHashMap<>();
        files.put("build.json", new Document());
        files.put("log", new ContentFile(records, id, path() + "/log", Map.of()));
        files.put("source.tar", new ContentFile(records, id, path() + "/source.tar", Map.of()));
        files.put("manifest", new ContentFile(records, id, path() + "/manifest", Map.of()));
        files.put("signature", new ContentFile(records, id, path() + "/signature", Map.of()));
        files.put("provenance.json", new ContentFile(records, id, path() + "/provenance", Map.of()));
        return files;
    }

    private String path() {
        return "/builds/" + id;
    }

    /** The record itself, as readable JSON. */
    private final class Document implements Node {
        @Override
        public Attributes attributes() throws Failure, InterruptedException {
            var record = records.document(path());
            long size = bytes(record.toPrettyString()).length;
            return Attributes.file(OptionalLong.of(size), BuildRecord.of(record).modified());
        }

        @Override
        public Content content() throws Failure, InterruptedException {
            return Contents.of(bytes(records.document(path()).toPrettyString()));
        }

        private static byte[] bytes(String json) {
            return (json + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }
}
