package io.sallyport.builds.cache;

/**
 * What a cache is found by. It is never a part of a path, so any character will do.
 *
 * @param project its number, which no other project ever gets
 * @param area whose builds have written it
 * @param name as the spec's key comes to
 */
public record CacheKey(long project, CacheArea area, String name) {
    /** The most characters of a name. */
    public static final int LONGEST = 1024;

    /** Refuses names that no key may have; where one comes from outside, {@link #isName} tells before. */
    public CacheKey {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a cache's name, of " + name.length() + " characters");
        }
    }

    /** Whether a key may be called that: 1 to 1,024 characters. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST;
    }

    /** The same name in another area. */
    public CacheKey in(CacheArea other) {
        return new CacheKey(project, other, name);
    }
}
