package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One page of a dashboard. Used by one thread at a time; nothing here waits. */
public interface View extends AutoCloseable {
    /** What it is, for the first line. */
    String title();

    /** Draws all of it as it is now. */
    void draw(Area area, Instant now);

    /** What a key does. */
    Step key(Key key);

    /** The keys that do something, the most useful first. */
    List<Hint> hints();

    /** Something has happened to a build or a job, which the house knows already; what that leads to. */
    default Step heard(JsonNode event) {
        return new Step.Stay();
    }

    /** What is to be done now and then while it is shown, because nothing tells of what changes; empty for most. */
    default Optional<Step.Errand> again() {
        return Optional.empty();
    }

    /** Whether it shows the house, which is then kept fresh. */
    default boolean showsHouse() {
        return false;
    }

    /** Ends what it has begun. Repeated calls do nothing. */
    @Override
    default void close() {}

    /**
     * A key with what it does.
     *
     * @param key as it is written on the screen
     * @param does in a word or two
     */
    record Hint(String key, String does) {}
}
