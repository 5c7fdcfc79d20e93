package io.sallyport.builds.cache;

import java.util.List;
import java.util.Locale;

/** Whose builds have written a cache. What untrusted ones have written never gets into a trusted one. */
public enum CacheArea {
    /** Builds of protected refs. */
    TRUSTED,
    /** All others. */
    UNTRUSTED;

    /** The one that a build writes to. */
    public static CacheArea of(boolean trusted) {
        return trusted ? TRUSTED : UNTRUSTED;
    }

    /** Those that a build of this area reads from, the first that has something. */
    public List<CacheArea> readable() {
        return switch (this) {
            case TRUSTED -> List.of(TRUSTED);
            case UNTRUSTED -> List.of(UNTRUSTED, TRUSTED);
        };
    }

    /** The name in answers, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
