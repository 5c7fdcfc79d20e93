package io.sallyport.builds.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Something that is to be recorded; never changes. Texts of more than 1,000 characters and lists of more than 100 words
 * are cut, so an event stays small.
 *
 * @param type of it
 * @param subject what it is about
 * @param time of the change; the time of the record when empty
 * @param by who did it; empty when the gateway did by itself
 * @param facts what else is to be told; nothing secret, no bodies
 */
public record NewEvent(EventType type, Subject subject, Optional<Instant> time, Optional<String> by, ObjectNode facts) {
    private static final int LONGEST_TEXT = 1000;
    private static final int LONGEST_LIST = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** One without facts. */
    public static NewEvent of(EventType type, Subject subject) {
        return new NewEvent(type, subject, Optional.empty(), Optional.empty(), JsonNodeFactory.instance.objectNode());
    }

    /** The same at that time. */
    public NewEvent at(Instant when) {
        return new NewEvent(type, subject, Optional.of(when), by, facts);
    }

    /** The same, done by somebody. */
    public NewEvent by(String who) {
        return new NewEvent(type, subject, time, Optional.of(cut(who)), facts);
    }

    /** The same with a text. */
    public NewEvent fact(String name, String text) {
        return with(facts.deepCopy().put(name, cut(text)));
    }

    /** The same with a text, if there is one. */
    public NewEvent fact(String name, Optional<String> text) {
        return text.map(present -> fact(name, present)).orElse(this);
    }

    /** The same with a time. */
    public NewEvent fact(String name, Instant moment) {
        return fact(name, TIME.format(moment));
    }

    /** The same with a number. */
    public NewEvent fact(String name, long number) {
        return with(facts.deepCopy().put(name, number));
    }

    /** The same with a truth. */
    public NewEvent fact(String name, boolean truth) {
        return with(facts.deepCopy().put(name, truth));
    }

    /** The same with a list of words. */
    public NewEvent fact(String name, List<String> words) {
        ObjectNode more = facts.deepCopy();
        var list = more.putArray(name);
        words.stream().limit(LONGEST_LIST).forEach(word -> list.add(cut(word)));
        return with(more);
    }

    private NewEvent with(ObjectNode more) {
        return new NewEvent(type, subject, time, by, more);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
