package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import io.sallyport.builds.plan.ImageName;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Images for jobs and services: which may be used, and how they get to the engine. Any thread. */
final class Images {
    private static final String JOB = "the job";

    private final ImageSettings settings;
    private final LastUsed<String, Found> found = new LastUsed<>();

    Images(ImageSettings settings) {
        this.settings = settings;
    }

    /**
     * An image that the engine has.
     *
     * @param name as the spec has it
     * @param id of what the engine has under that name now; containers are made of this, whatever the name becomes
     * @param digest by which its registry knows it; empty for one that comes from none
     * @param entered whether it has an entrypoint, as far as that is known
     * @param checked whether the engine runs its check of health in its containers, the same
     * @param overlaid whether a volume of its own has the folders of a job, or hides some of them, the same
     */
    record Found(String name, String id, Optional<String> digest, boolean entered, boolean checked, boolean overlaid) {
        /** What stands for it in records: the name, and what nobody can change. */
        String recorded() {
            String fixed = digest.orElse(id);
            return name.endsWith("@" + fixed) ? name : name + "@" + fixed;
        }

        /** What a node of a Swarm takes for exactly that one: it fetches what it lacks, unless the image comes from none. */
        String pinned() {
            return digest.flatMap(fixed -> ImageName.parse(name).map(image -> image.whole() + "@" + fixed))
                    .orElse(id);
        }
    }

    /**
     * Sees to it that the engine has an image.
     *
     * @param what uses it, for words such as "the job names no image"; an image for anything else is said to be so
     * @param wanted as the spec names it
     * @throws IOException when it may not be used, or cannot be had
     * @throws InterruptedException when the thread is interrupted
     */
    Found find(DockerEngine engine, String what, Optional<String> wanted) throws IOException, InterruptedException {
        ImageName name = allowed(what, wanted);
        if (settings.pull() == PullPolicy.ALWAYS) {
            pull(engine, what, name);
        }
        Optional<Found> there = inspect(engine, name);
        if (there.isEmpty() && settings.pull() == PullPolicy.MISSING) {
            pull(engine, what, name);
            there = inspect(engine, name);
        }
        Found image = there.orElseThrow(() -> new IOException("the engine has no image " + name.written() + of(what)
                + (settings.pull() == PullPolicy.NEVER ? ", and images are not fetched here" : "")));
        found.put(image.name(), image);
        return image;
    }

    /**
     * What {@link #find} has given the last time for an image, for who will ask for it again before anything of it runs.
     * Empty where each job fetches it anew, which takes longer than all else.
     */
    Optional<Found> lastFound(Optional<String> wanted) {
        return settings.pull() == PullPolicy.ALWAYS
                ? Optional.empty()
                : wanted.or(settings::usual).flatMap(found::of);
    }

    /**
     * Settles which image the nodes of a Swarm are to have: the one that a manager's engine has under that name, or else,
     * or by the settings always, the one that the registry has.
     *
     * @throws IOException when it may not be used, or nobody has it
     */
    Found settle(DockerEngine manager, String what, Optional<String> wanted) throws IOException, InterruptedException {
        ImageName name = allowed(what, wanted);
        Optional<Found> there = settings.pull() == PullPolicy.ALWAYS ? Optional.empty() : inspect(manager, name);
        if (there.isPresent()) {
            return there.get();
        }
        if (settings.pull() == PullPolicy.NEVER) {
            throw new IOException("the Swarm's manager has no image " + name.written() + of(what)
                    + ", and images are not fetched here");
        }
        JsonNode known = manager.document(
                "ask for the image " + name.written() + of(what),
                "/distribution/" + name.written() + "/json",
                credentials(name));
        String digest = known.path("Descriptor").path("digest").asText();
        if (digest.isEmpty()) {
            throw new IOException("the registry does not say which image " + name.written() + " is");
        }
        return new Found(name.written(), digest, Optional.of(digest), false, false, false);
    }

    /** The same, of one that was found. */
    Optional<AuthConfig> credentials(Found found) throws IOException {
        Optional<ImageName> name = ImageName.parse(found.name());
        return name.isPresent() ? credentials(name.get()) : Optional.empty();
    }

    /** Of the registry of an image, as its engine wants them; empty when there are none. */
    Optional<AuthConfig> credentials(ImageName name) throws IOException {
        return settings.credentials().isPresent()
                ? RegistryCredentials.of(settings.credentials().get(), name.registry())
                : Optional.empty();
    }

    /** Whether the engine still has exactly that image under its name. */
    boolean isStill(DockerEngine engine, Found found) throws EngineException, InterruptedException {
        Optional<ImageName> name = ImageName.parse(found.name());
        return name.isPresent() && inspect(engine, name.get()).equals(Optional.of(found));
    }

    /** Checks a name before anything is done for it. */
    ImageName allowed(String what, Optional<String> wanted) throws IOException {
        String written = wanted.or(settings::usual)
                .orElseThrow(() -> new IOException(what + " names no image, and there is no usual one here"));
        ImageName name = ImageName.parse(written).orElseThrow(() -> new IOException(impossible(what, wanted, written)));
        boolean usual = wanted.isEmpty();
        List<ImagePattern> allowed = settings.allowed();
        if (!usual && !allowed.isEmpty() && allowed.stream().noneMatch(pattern -> pattern.allows(name))) {
            throw new IOException("the image " + written + of(what) + " is not allowed here; allowed are "
                    + String.join(
                            ", ", allowed.stream().map(ImagePattern::written).toList()));
        }
        return name;
    }

    private static String impossible(String what, Optional<String> wanted, String written) {
        if (wanted.isEmpty()) {
            return "the usual image of this gateway (docker.image) cannot be: " + written;
        }
        return what
                + (written.isBlank()
                        ? " names an image that is empty when its variables have been put in"
                        : " names an image that cannot be: " + written);
    }

    private static String of(String what) {
        return what.equals(JOB) ? "" : " of " + what;
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
        ContainerConfig config = image.getConfig();
        return Optional.of(new Found(
                name.written(),
                Objects.requireNonNull(image.getId()),
                digest,
                config != null && config.getEntrypoint() != null && config.getEntrypoint().length > 0,
                config != null && config.getHealthcheck() != null,
                config != null
                        && config.getVolumes() != null
                        && config.getVolumes().keySet().stream().anyMatch(ContainerPlaces::meets)));
    }

    private void pull(DockerEngine engine, String what, ImageName name) throws IOException, InterruptedException {
        String fetching = "fetch the image " + name.written() + of(what);
        Optional<AuthConfig> auth = credentials(name);
        engine.call(fetching, engine.limits().pull(), () -> {
            PullImageCmd command = engine.client().pullImageCmd(name.whole()).withTag(name.reference());
            auth.ifPresent(command::withAuthConfig);
            try (Pull pull = command.exec(new Pull())) {
                pull.awaitCompletion();
                pull.check(fetching);
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

        void check(String fetching) throws EngineException {
            if (!error.isEmpty()) {
                throw EngineException.refused(fetching, 500, error, new IllegalStateException(error));
            }
        }
    }
}
