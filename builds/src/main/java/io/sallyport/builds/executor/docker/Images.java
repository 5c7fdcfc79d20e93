package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Images for jobs and services: which may be used, and how they get to the engine. Any thread. */
final class Images {
    private final ImageSettings settings;

    Images(ImageSettings settings) {
        this.settings = settings;
    }

    /**
     * An image that the engine has.
     *
     * @param name as the spec has it
     * @param id of what the engine has under that name now; containers are made of this, whatever the name becomes
     * @param digest by which its registry knows it; empty for one that comes from none
     */
    record Found(String name, String id, Optional<String> digest) {
        /** What stands for it in records: the name, and what nobody can change. */
        String recorded() {
            String fixed = digest.orElse(id);
            return name.endsWith("@" + fixed) ? name : name + "@" + fixed;
        }
    }

    /**
     * Sees to it that the engine has an image.
     *
     * @param what uses it, for words such as "the job names no image"
     * @param wanted as the spec names it
     * @throws IOException when it may not be used, or cannot be had
     * @throws InterruptedException when the thread is interrupted
     */
    Found find(DockerEngine engine, String what, Optional<String> wanted) throws IOException, InterruptedException {
        ImageName name = allowed(what, wanted);
        if (settings.pull() == PullPolicy.ALWAYS) {
            pull(engine, name);
        }
        Optional<Found> there = inspect(engine, name);
        if (there.isEmpty() && settings.pull() == PullPolicy.MISSING) {
            pull(engine, name);
            there = inspect(engine, name);
        }
        return there.orElseThrow(() -> new IOException("the engine has no image " + name.written()
                + (settings.pull() == PullPolicy.NEVER ? ", and images are not fetched here" : "")));
    }

    /** Checks a name before anything is done for it. */
    ImageName allowed(String what, Optional<String> wanted) throws IOException {
        String written = wanted.or(settings::usual)
                .orElseThrow(() -> new IOException(what + " names no image, and there is no usual one here"));
        ImageName name = ImageName.parse(written)
                .orElseThrow(() -> new IOException(what + " names an image that cannot be: " + written));
        boolean usual = wanted.isEmpty();
        List<ImagePattern> allowed = settings.allowed();
        if (!usual && !allowed.isEmpty() && allowed.stream().noneMatch(pattern -> pattern.allows(name))) {
            throw new IOException("the image " + written + " is not allowed here; allowed are "
                    + String.join(
                            ", ", allowed.stream().map(ImagePattern::written).toList()));
        }
        return name;
    }

    private static Optional<Found> inspect(DockerEngine engine, ImageName name)
            throws EngineException, InterruptedException {
        InspectImageResponse image;
        try {
            image = engine.ask(
                    "look for the image " + name.written(), client -> client.inspectImageCmd(name.written()));
        } catch (EngineException e) {
            if (e.isAbsent()) {
                return Optional.empty();
            }
            throw e;
        }
        Optional<String> digest = Optional.ofNullable(image.getRepoDigests()).stream()
                .flatMap(List::stream)
                .filter(each -> ImageName.parse(each)
                        .map(known -> known.whole().equals(name.whole()))
                        .orElse(false))
                .map(each -> each.substring(each.indexOf('@') + 1))
                .findFirst();
        return Optional.of(new Found(name.written(), Objects.requireNonNull(image.getId()), digest));
    }

    private void pull(DockerEngine engine, ImageName name) throws IOException, InterruptedException {
        Optional<AuthConfig> auth = settings.credentials().isPresent()
                ? RegistryCredentials.of(settings.credentials().get(), name.registry())
                : Optional.empty();
        Deadline.call("fetch the image " + name.written(), engine.limits().pull(), () -> {
            PullImageCmd command = engine.client().pullImageCmd(name.whole()).withTag(name.reference());
            auth.ifPresent(command::withAuthConfig);
            try (Pull pull = command.exec(new Pull())) {
                pull.awaitCompletion();
                pull.check(name);
                return true;
            }
        });
    }

    /** Listens to what an engine tells of a fetch, for the error that may be in it. */
    private static final class Pull extends ResultCallback.Adapter<PullResponseItem> {
        private volatile String error = "";

        @Override
        public void onNext(PullResponseItem item) {
            if (item.getErrorDetail() != null) {
                error = String.valueOf(item.getErrorDetail().getMessage());
            }
        }

        void check(ImageName name) throws EngineException {
            if (!error.isEmpty()) {
                throw EngineException.refused(
                        "fetch the image " + name.written(), 500, error, new IllegalStateException(error));
            }
        }
    }
}
