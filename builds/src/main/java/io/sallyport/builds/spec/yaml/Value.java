package io.sallyport.builds.spec.yaml;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A piece of YAML with its place; aliases and merge keys are resolved. A tree, so of finite depth. */
public sealed interface Value {
    /** Where it begins; for what an alias stands for, where the alias stands. */
    Place place();

    /** The same at another place. */
    Value at(Place place);

    /** In words, for messages. */
    default String described() {
        return switch (this) {
            case Scalar scalar -> scalar.kind.described;
            case Items items -> "a list";
            case Fields fields -> "a map";
            case Reference reference -> "a !reference";
        };
    }

    /** Whether nothing is written here. */
    default boolean isNothing() {
        return this instanceof Scalar scalar && scalar.kind == Kind.NOTHING;
    }

    /**
     * A single value.
     *
     * @param place where it begins
     * @param kind by the rules of YAML
     * @param text as written, quotes taken off
     * @param inset how many characters after its place its text begins; -1 when it stands otherwise than it reads: over
     *     several lines, or with escapes
     */
    record Scalar(Place place, Kind kind, String text, int inset) implements Value {
        @Override
        public Scalar at(Place other) {
            return new Scalar(other, kind, text, -1);
        }

        /** Where a character of its text stands; where it begins, when that cannot be told. */
        public Place placeOf(int offset) {
            return inset < 0 || offset > text.length() ? place : place.plus(inset + text.codePointCount(0, offset));
        }

        /** The same with another text. */
        public Scalar saying(Kind newKind, String newText) {
            return new Scalar(place, newKind, newText, -1);
        }
    }

    /** A list. */
    record Items(Place place, List<Value> items) implements Value {
        @Override
        public Items at(Place other) {
            return new Items(other, items);
        }
    }

    /** A map, in the order written; no key twice. */
    record Fields(Place place, SequencedMap<String, Field> byName) implements Value {
        /** Keeps the map from changing. */
        public Fields {
            byName = Collections.unmodifiableSequencedMap(byName);
        }

        /** A map of these, the last of a name counting. */
        public static Fields of(Place place, Collection<Field> fields) {
            SequencedMap<String, Field> byName = new LinkedHashMap<>();
            fields.forEach(field -> byName.put(field.name, field));
            return new Fields(place, byName);
        }

        @Override
        public Fields at(Place other) {
            return new Fields(other, byName);
        }

        /** The entries in their order. */
        public Collection<Field> fields() {
            return byName.values();
        }

        /** The value of that key, which may be nothing. */
        public Optional<Value> get(String key) {
            return field(key).map(Field::value);
        }

        /** The value of that key, unless it is nothing. */
        public Optional<Value> given(String key) {
            return get(key).filter(value -> !value.isNothing());
        }

        /** The entry of that key. */
        public Optional<Field> field(String key) {
            return Optional.ofNullable(byName.get(key));
        }

        /** The same without some keys. */
        public Fields without(Collection<String> keys) {
            return of(
                    place,
                    fields().stream()
                            .filter(field -> !keys.contains(field.name))
                            .toList());
        }
    }

    /** An entry of a map; its place is its key's. */
    record Field(Place place, String name, Value value) {}

    /** {@code !reference [job, key, …]}: stands for a value elsewhere in the spec. */
    record Reference(Place place, List<String> path) implements Value {
        /** Keeps the list from changing. */
        public Reference {
            path = List.copyOf(path);
        }

        @Override
        public Reference at(Place other) {
            return new Reference(other, path);
        }
    }

    /** What a single value is by the rules of YAML 1.1, which GitLab and most editors follow. */
    enum Kind {
        /** A text. */
        STRING("a string"),
        /** A whole number or one with a fraction. */
        NUMBER("a number"),
        /** Yes or no. */
        BOOLEAN("true or false"),
        /** Nothing is written, or {@code null}. */
        NOTHING("nothing");

        private final String described;

        Kind(String described) {
            this.described = described;
        }
    }
}
