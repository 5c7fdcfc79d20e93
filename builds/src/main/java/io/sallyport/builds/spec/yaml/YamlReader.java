package io.sallyport.builds.spec.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
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
public final class YamlReader {
    /** The deepest nesting of lists and maps. */
    public static final int DEEPEST = 100;

    /** The most values that a file may have, aliases counted as what they stand for. */
    public static final int MOST_VALUES = 100_000;

    /** The most characters of all values together, aliases counted as what they stand for. */
    public static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private static final Set<Tag> SCALAR_TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);
    private static final String REFERENCE = "!reference";

    private final String file;
    private final Parser parser;
    private final Repeated repeated;
    private final Report report;
    private final Resolver resolver = new Resolver();
    private final Map<String, Anchored> anchors = new HashMap<>();
    private Weight total = new Weight(0, 0);

    private YamlReader(String file, String text, Repeated repeated, Report report) {
        this.file = file;
        this.parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
        this.repeated = repeated;
        this.report = report;
    }

    /** What the text holds; empty when that is nothing, or no YAML, which is among the errors then. */
    public static Optional<Document> read(String file, String text, Repeated repeated, Report report) {
        TabbedText tabbed = new TabbedText(text);
        while (true) {
            try {
                return new YamlReader(file, tabbed.text(), repeated, report).documents();
            } catch (Halt halt) {
                report.error(halt.place(), halt.reason());
                return Optional.empty();
            } catch (MarkedYAMLException e) {
                if (tabbed.mend(Optional.ofNullable(e.getProblemMark()))) {
                    continue;
                }
                Place place = Place.of(file, e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark());
                report.error(place, "not YAML: " + Shown.sentence(String.valueOf(e.getProblem())));
                return Optional.empty();
            } catch (YAMLException e) {
                report.error(Place.start(file), "not YAML: " + Shown.sentence(String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }
    }

    private Optional<Document> documents() {
        parser.getEvent(); // the start of the stream
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            report.error(Place.start(file), "the spec is empty");
            return Optional.empty();
        }
        Value first = document();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Optional.of(new Document(Optional.empty(), first));
        }
        Place second = Place.of(file, parser.peekEvent().getStartMark());
        if (!(first instanceof Value.Fields header) || !header.byName().keySet().equals(Set.of(Document.HEADER))) {
            report.error(second, "a second document begins here; a spec is one document");
            return Optional.of(new Document(Optional.empty(), first));
        }
        anchors.clear();
        Value body = document();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            report.error(
                    Place.of(file, parser.peekEvent().getStartMark()),
                    "a third document begins here; a spec is one document, and one before it with its inputs");
        }
        return Optional.of(new Document(Optional.of(header), body));
    }

    private Value document() {
        parser.getEvent(); // its start
        Value value = value(0);
        parser.getEvent(); // its end
        return value;
    }

    private Value value(int depth) {
        Event event = parser.getEvent();
        Place place = Place.of(file, event.getStartMark());
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
            throw new Halt(place, "no complete value before this is named " + Shown.word("&" + alias.getAnchor()));
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
            report.error(place, "a value with a NUL character cannot be used");
        }
        return new Value.Scalar(place, kind(event, place), text, inset(event));
    }

    /** Where the text stands as it reads: in one line, and without escapes. */
    private static int inset(ScalarEvent event) {
        int quotes = event.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN ? 0 : 1;
        int columns = event.getEndMark().getColumn() - event.getStartMark().getColumn();
        boolean oneLine = event.getEndMark().getLine() == event.getStartMark().getLine();
        int length = event.getValue().codePointCount(0, event.getValue().length());
        return oneLine && columns == length + 2 * quotes ? quotes : -1;
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

    private Value items(SequenceStartEvent start, Place place, int depth) {
        count(new Weight(1, 0), place);
        List<Value> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(value(depth + 1));
        }
        parser.getEvent();
        if (REFERENCE.equals(start.getTag())) {
            return reference(items, place);
        }
        checkTag(start.getTag(), Tag.SEQ, place);
        return new Value.Items(place, List.copyOf(items));
    }

    private Value reference(List<Value> items, Place place) {
        List<String> path = new ArrayList<>();
        for (Value item : items) {
            Expected.text(REFERENCE, item, report).ifPresent(path::add);
        }
        if (items.isEmpty()) {
            report.error(place, REFERENCE + ": the name of a job and a key are needed");
        }
        return new Value.Reference(place, path);
    }

    private Value.Fields fields(MappingStartEvent start, Place place, int depth) {
        count(new Weight(1, 0), place);
        checkTag(start.getTag(), Tag.MAP, place);
        MapBuilder map = new MapBuilder(repeated, report);
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Value key = value(depth + 1);
            Value value = value(depth + 1);
            map.add(key, value);
        }
        parser.getEvent();
        return map.build(place);
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
        String list = REFERENCE.equals(tag) ? " here; it stands before a list, as in !reference [.setup, script]" : "";
        report.error(place, "tag " + Shown.word(shown) + " is not supported" + list);
    }

    private void count(Weight weight, Place place) {
        total = total.plus(weight);
        if (total.values > MOST_VALUES) {
            throw new Halt(place, "more than " + MOST_VALUES + " values, aliases counted as what they stand for");
        }
        if (total.characters > MOST_CHARACTERS) {
            throw new Halt(
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
            case Value.Reference reference -> 1;
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

    private static Halt tooDeep(Place place) {
        return new Halt(place, "lists and maps are nested more than " + DEEPEST + " deep");
    }

    private record Anchored(Value value, Weight weight, int height) {}
}
