package io.sallyport.builds.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Text to values, with every place. Takes the parser's events one by one rather than a ready document, to bound depth
 * and what aliases expand to while reading, and to make no objects of types that the text names.
 */
final class YamlReader {
    /** The deepest nesting of lists and maps. */
    static final int DEEPEST = 100;

    /** The most values that a spec may have, aliases counted as what they stand for. */
    static final int MOST_VALUES = 100_000;

    /** The most characters of all values together, aliases counted as what they stand for. */
    static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private static final Set<Tag> SCALAR_TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    private final Parser parser;
    private final Errors errors;
    private final Resolver resolver = new Resolver();
    private final Map<String, Anchored> anchors = new HashMap<>();
    private Weight total = new Weight(0, 0);

    private YamlReader(String text, Errors errors) {
        this.parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
        this.errors = errors;
    }

    /** The one document of the text; empty when there is none, which is among the errors then. */
    static Optional<Value> read(String text, Errors errors) {
        try {
            return new YamlReader(text, errors).document();
        } catch (Stop stop) {
            errors.add(stop.place, stop.reason);
        } catch (MarkedYAMLException e) {
            Place place = Place.of(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark());
            errors.add(place, "not YAML: " + Errors.cut(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            errors.add(Place.START, "not YAML: " + Errors.cut(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private Optional<Value> document() {
        parser.getEvent(); // the start of the stream
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            errors.add(Place.START, "the spec is empty");
            return Optional.empty();
        }
        parser.getEvent(); // the start of the document
        Value value = value(0);
        parser.getEvent(); // the end of the document
        Event next = parser.peekEvent();
        if (!next.is(Event.ID.StreamEnd)) {
            errors.add(Place.of(next.getStartMark()), "a second document begins here; a spec is one document");
        }
        return Optional.of(value);
    }

    private Value value(int depth) {
        Event event = parser.getEvent();
        Place place = Place.of(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return resolved(alias, place, depth);
        }
        if (depth > DEEPEST) {
            throw tooDeep(place);
        }
        Weight before = total;
        Value value = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, place);
            case SequenceStartEvent start -> items(start, place, depth);
            case MappingStartEvent start -> fields(start, place, depth);
            default -> throw new IllegalStateException("no value begins with " + event);
        };
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, new Anchored(value, total.minus(before), height(value)));
        }
        return value;
    }

    private Value resolved(AliasEvent alias, Place place, int depth) {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null) {
            throw new Stop(place, "no complete value before this is named " + Errors.quote("&" + alias.getAnchor()));
        }
        count(anchored.weight, place);
        if (depth + anchored.height > DEEPEST) {
            throw tooDeep(place);
        }
        return anchored.value.at(place);
    }

    private Value.Scalar scalar(ScalarEvent event, Place place) {
        String text = event.getValue();
        count(new Weight(1, text.length()), place);
        if (text.indexOf('\0') >= 0) {
            errors.add(place, "a value with a NUL character cannot be used");
        }
        return new Value.Scalar(place, kind(event, place), text);
    }

    private Value.Kind kind(ScalarEvent event, Place place) {
        boolean plain = event.getImplicit().canOmitTagInPlainScalar();
        Tag tag = isGeneral(event.getTag())
                ? resolver.resolve(NodeId.scalar, event.getValue(), plain)
                : new Tag(event.getTag());
        if (!isGeneral(event.getTag()) && !SCALAR_TAGS.contains(tag)) {
            refuseTag(event.getTag(), place);
        }
        if (tag.equals(Tag.NULL)) {
            return Value.Kind.NOTHING;
        }
        if (tag.equals(Tag.BOOL)) {
            return Value.Kind.BOOLEAN;
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Value.Kind.NUMBER : Value.Kind.STRING;
    }

    private Value.Items items(SequenceStartEvent start, Place place, int depth) {
        count(new Weight(1, 0), place);
        checkTag(start.getTag(), Tag.SEQ, place);
        List<Value> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(value(depth + 1));
        }
        parser.getEvent();
        return new Value.Items(place, List.copyOf(items));
    }

    private Value.Fields fields(MappingStartEvent start, Place place, int depth) {
        count(new Weight(1, 0), place);
        checkTag(start.getTag(), Tag.MAP, place);
        List<Value.Field> fields = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Value key = value(depth + 1);
            Value value = value(depth + 1);
            if (!(key instanceof Value.Scalar name)) {
                errors.add(key.place(), "a key must be a word, found " + key.described());
                continue;
            }
            Place first = seen.putIfAbsent(name.text(), key.place());
            if (first == null) {
                fields.add(new Value.Field(key.place(), name.text(), value));
            } else {
                errors.add(
                        key.place(),
                        "key " + Errors.quote(name.text()) + " is given twice, first in line " + first.line());
            }
        }
        parser.getEvent();
        return new Value.Fields(place, List.copyOf(fields));
    }

    private void checkTag(@Nullable String tag, Tag expected, Place place) {
        if (!isGeneral(tag) && !expected.getValue().equals(tag)) {
            refuseTag(tag, place);
        }
    }

    private static boolean isGeneral(@Nullable String tag) {
        return tag == null || tag.equals("!");
    }

    private void refuseTag(@Nullable String tag, Place place) {
        String shown = String.valueOf(tag).startsWith(Tag.PREFIX)
                ? "!!" + String.valueOf(tag).substring(Tag.PREFIX.length())
                : String.valueOf(tag);
        errors.add(place, "tag " + Errors.quote(shown) + " is not supported");
    }

    private void count(Weight weight, Place place) {
        total = total.plus(weight);
        if (total.values > MOST_VALUES) {
            throw new Stop(place, "more than " + MOST_VALUES + " values, aliases counted as what they stand for");
        }
        if (total.characters > MOST_CHARACTERS) {
            throw new Stop(
                    place, "more than " + MOST_CHARACTERS + " characters, aliases counted as what they stand for");
        }
    }

    private record Weight(long values, long characters) {
        Weight plus(Weight more) {
            return new Weight(values + more.values, characters + more.characters);
        }

        Weight minus(Weight less) {
            return new Weight(values - less.values, characters - less.characters);
        }
    }

    /** Levels of lists and maps below the value. */
    private static int height(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> 0;
            case Value.Items list ->
                1 + list.items().stream().mapToInt(YamlReader::height).max().orElse(0);
            case Value.Fields map ->
                1
                        + map.fields().stream()
                                .mapToInt(field -> height(field.value()))
                                .max()
                                .orElse(0);
        };
    }

    private static Stop tooDeep(Place place) {
        return new Stop(place, "lists and maps are nested more than " + DEEPEST + " deep");
    }

    private record Anchored(Value value, Weight weight, int height) {}

    /** Ends the reading at the first thing after which nothing else can be told. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Place place;
        private final String reason;

        Stop(Place place, String reason) {
            super(reason, null, false, false);
            this.place = place;
            this.reason = reason;
        }
    }
}
