package io.sallyport.builds.executor.docker;

import java.util.Optional;

/**
 * Which images have what it takes to unpack a small source: in each a first shell has tried it, before anything of a job's
 * ran, in a container that no entrypoint has prepared. So a job can tell nothing wrong of an image that others use, and an
 * image nothing wrong but of itself. In memory, for the images that were used last. Any thread.
 */
final class Unpackers {
    private final LastUsed<String, Boolean> tried = new LastUsed<>();

    /** Of the image of a job's container. */
    final class Image {
        private final String id;

        private Image(String id) {
            this.id = id;
        }

        /** Whether it does; empty before that was tried. */
        Optional<Boolean> unpacks() {
            return tried.of(id);
        }

        void learn(boolean unpacks) {
            tried.put(id, unpacks);
        }
    }

    Image of(Images.Found image) {
        return new Image(image.id());
    }
}
