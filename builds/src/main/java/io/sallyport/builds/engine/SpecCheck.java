package io.sallyport.builds.engine;

import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.source.ProjectFiles;
import io.sallyport.builds.source.Received;
import io.sallyport.builds.source.Sender;
import io.sallyport.builds.source.SourceIntake;
import io.sallyport.builds.source.SourceLimits;
import io.sallyport.builds.source.SpecFile;
import io.sallyport.builds.spec.PlanContext;
import io.sallyport.builds.spec.SpecReader;
import io.sallyport.builds.spec.files.SourceFiles;
import io.sallyport.builds.spec.yaml.SpecText;
import io.sallyport.builds.variable.PredefinedVariables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks specs without making builds of them: a text alone, or a whole source, told by its first bytes. */
final class SpecCheck {
    /** Of what nobody submits, there is no project. */
    private static final String PROJECT = "project";

    /** What is not submitted comes whole. */
    private static final ProjectFiles NO_FILES = new ProjectFiles() {
        @Override
        public Map<Digest, Long> known(Collection<Digest> digests) {
            return Map.of();
        }

        @Override
        public boolean isSource(Digest manifest, Optional<String> by) {
            return false;
        }

        @Override
        public void add(Collection<Blob> files) {
            throw new IllegalStateException("files without a project");
        }

        @Override
        public Use use() {
            return Use.NONE;
        }

        @Override
        public int forget(Instant before, Needed needed) {
            return 0;
        }
    };

    private final SourceIntake intake;
    private final SourceLimits limits;
    private final PlanContext.Bounds bounds;

    SpecCheck(SourceIntake intake, SourceLimits limits, PlanContext.Bounds bounds) {
        this.intake = intake;
        this.limits = limits;
        this.bounds = bounds;
    }

    SpecAnswer check(String by, SpecQuestion question, InputStream body) throws IOException {
        byte[] first = body.readNBytes(SourceIntake.TELLING);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), body);
        if (first.length == 0) {
            return new SpecAnswer.Refused(new Refusal.EmptyBody());
        }
        if (SourceIntake.isArchive(first)) {
            return source(by, question, whole);
        }
        String file = question.file().orElse(SpecReader.FILE_NAMES.getFirst());
        return read(file, whole.readNBytes(SpecText.LARGEST + 1), question, SourceFiles.unknown());
    }

    private SpecAnswer source(String by, SpecQuestion question, InputStream body) throws IOException {
        List<String> names = question.file().map(List::of).orElse(SpecReader.FILE_NAMES);
        return switch (intake.receive(Sender.ofAll(by), body, limits, names, NO_FILES)) {
            case Received.Refused refused -> new SpecAnswer.Refused(refused.refusal());
            case Received.Elsewhere elsewhere -> new SpecAnswer.Refused(new Refusal.UnknownFormat());
            case Received.Pending pending -> {
                try (pending) {
                    Optional<SpecFile> spec = pending.spec();
                    yield spec.isEmpty()
                            ? new SpecAnswer.Refused(new Refusal.NoSpec(names, pending.misplacedSpec()))
                            : read(spec.get().name(), spec.get().bytes(), question, pending.files());
                }
            }
        };
    }

    private SpecAnswer read(String file, byte[] text, SpecQuestion question, SourceFiles files) throws IOException {
        BuildRequest request = new BuildRequest(
                question.ref(),
                Optional.empty(),
                Collections.emptySortedMap(),
                question.variables(),
                question.file(),
                0,
                Optional.empty(),
                Optional.empty());
        PlanContext context = new PlanContext(
                PredefinedVariables.ofSubmission(PROJECT, ProjectSettings.USUAL_BRANCH, request, false),
                question.variables(),
                files,
                bounds);
        return new SpecAnswer.Checked(file, SpecReader.read(file, text, context));
    }
}
