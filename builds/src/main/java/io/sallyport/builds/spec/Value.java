package io.sallyport.builds.spec;

import java.util.List;
import java.util.Optional;

/** A piece of YAML with its place; aliases are resolved. A tree, so of finite depth. */
sealed interface Value {
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
        };
    }

    /** A single value: its text as written, quotes taken off. */
    record Scalar(Place place, Kind kind, String text) implements Value {
        @Override
        public Scalar at(Place other) {
            return new Scalar(other, kind, text);
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
    record Fields(Place place, List<Field> fields) implements Value {
        @Override
        public Fields at(Place other) {
            return new Fields(other, fields);
        }

        Optional<Value> get(String key) {
            return fields.stream()
                    .filter(field -> field.name().equals(key))
                    .map(Field::value)
                    .findFirst();
        }
    }

    /** An entry of a map. */
    record Field(Place place, String name, Value value) {}

    /** What a single value is by the rules of YAML 1.1, which GitLab and most editors follow. */
    enum Kind {
        STRING("a string"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        NOTHING("nothing");

        private final String described;

        Kind(String described) {
            this.described = described;
        }
    }
}
