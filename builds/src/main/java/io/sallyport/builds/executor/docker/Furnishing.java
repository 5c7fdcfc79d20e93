package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the files of a job get into its container before its first shell: by the engine, which takes an engine longer than
 * all else when there are only few, or with the first shell's own script.
 *
 * @param user of the job
 * @param image of its container, where others profit from what its shell finds out, and only the image has a say in that
 * @param ready told when it could have been easier
 */
record Furnishing(ContainerUser user, Optional<Unpackers.Image> image, Runnable ready) {
    /** By the engine. */
    static Furnishing byEngine(ContainerUser user) {
        return new Furnishing(user, Optional.empty(), () -> {});
    }

    /**
     * Has the engine fill the container, unless the shell can do that.
     *
     * @param workspace a folder, which nobody changes
     * @param furnished whether the container has the folders of a job
     * @return what is left to be done for the first shell
     */
    Unpacking fill(Container container, Path workspace, boolean furnished) throws IOException, InterruptedException {
        Optional<Boolean> unpacks = image.flatMap(Unpackers.Image::unpacks);
        if (furnished && unpacks.orElse(false)) {
            Optional<byte[]> small = SmallTar.of(workspace);
            if (small.isPresent()) {
                return new Unpacking.Source(TarText.quoted(small.get()));
            }
        }
        Piped.run(new StagedTar(workspace, user)::write, container::put);
        return image.isPresent() && unpacks.isEmpty() ? new Unpacking.Trial() : new Unpacking.None();
    }

    /** The first shell could not unpack the source: the engine fills the containers of later jobs. */
    void unlearn() {
        image.ifPresent(tried -> tried.learn(false));
    }

    /** The first shell is there. */
    void learn(Unpacking done, ContainerScript shell) {
        if (done instanceof Unpacking.Trial) {
            image.ifPresent(tried -> tried.learn(shell.unpacks()));
        }
        if (image.flatMap(Unpackers.Image::unpacks).orElse(false)) {
            ready.run();
        }
    }
}
