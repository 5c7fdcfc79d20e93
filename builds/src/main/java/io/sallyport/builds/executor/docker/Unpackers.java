package io.sallyport.builds.executor.docker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which images have what it takes to unpack a small source: in each a first shell has tried it, before anything of a job's
 * ran, in a container that no entrypoint has prepared. So a job can tell nothing wrong of an image that others use, and an
 * image nothing wrong but of itself. In memory, for the images that were used last. Any thread.
 */
final class Unpackers {
    private static final int MOST = 1000;

    private final Map<String, Boolean> tried = new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > MOST;
                }
            };

    /** Of the image of a job's container. */
    final class Image {
        private final String id;

        private Image(String id) {
            this.id = id;
        }

        /** Whether it does; empty before that was tried. */
        Optional<Boolean> unpacks() {
            synchronized (Unpackers.this) {
                return Optional.ofNullable(tried.get(id));
            }
        }

        void learn(boolean unpacks) {
            synchronized (Unpackers.this) {
                tried.put(id, unpacks);
            }
        }
    }

    Image of(Images.Found image) {
        return new Image(image.id());
    }
}
