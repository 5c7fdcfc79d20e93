package io.sallyport.builds.source;

import java.util.function.LongPredicate;

/**
 * Who sends a source.
 *
 * @param name of theirs: nobody may take all places for sources that need much memory
 * @param seesAll whether they may see all builds of the project; else changes are of what they have submitted alone
 * @param more asked of the bytes of a source that is to be made of changes: whether they may have so many more; on the
 *     thread that receives
 */
public record Sender(String name, boolean seesAll, LongPredicate more) {
    /** One who sends all of a source. */
    public static Sender ofAll(String name) {
        return new Sender(name, false, bytes -> false);
    }
}
