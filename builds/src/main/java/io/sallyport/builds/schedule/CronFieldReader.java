package io.sallyport.builds.schedule;

import io.sallyport.builds.Nearest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads one field: a list of {@code *}, values and ranges, each but a single value with a step if need be. */
final class CronFieldReader {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private final CronField field;

    CronFieldReader(CronField field) {
        this.field = field;
    }

    /** The expression is none. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Optional<CronField> field;
        private final String reason;

        Wrong(String reason) {
            this(Optional.empty(), reason);
        }

        Wrong(CronField field, String reason) {
            this(Optional.of(field), reason);
        }

        private Wrong(Optional<CronField> field, String reason) {
            super(reason, null, false, false);
            this.field = field;
            this.reason = reason;
        }

        Optional<CronField> field() {
            return field;
        }

        String reason() {
            return reason;
        }
    }

    /** The values as bits. */
    long read(String text) throws Wrong {
        long set = 0;
        for (String part : text.split(",", -1)) {
            if (part.isEmpty()) {
                throw wrong("there is nothing between two commas, or before or behind one, in '" + text + "'");
            }
            set |= part(part);
        }
        return set;
    }

    private long part(String part) throws Wrong {
        int slash = part.indexOf('/');
        String range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : step(part, part.substring(slash + 1));
        if (range.equals("*")) {
            return set(field.least(), field.most(), step);
        }
        int dash = range.indexOf('-');
        if (dash < 0) {
            int value = value(range);
            if (slash >= 0) {
                throw wrong("a step needs a range or * before it: '" + range + "-" + field.most()
                        + part.substring(slash) + "' instead of '" + part + "'");
            }
            return set(value, value, 1);
        }
        int first = value(range.substring(0, dash));
        int last = last(range.substring(dash + 1));
        if (first > last) {
            throw wrong("'" + range + "' runs backwards: write '" + first + "-" + field.most() + "," + field.least()
                    + "-" + last + "'");
        }
        return set(first, last, step);
    }

    private int step(String part, String text) throws Wrong {
        int step = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        int most = field.most() - field.least() + 1; // every 60 minutes is every hour; every 90 minutes is not sayable
        if (step < 1 || step > most) {
            throw wrong("the step of '" + part + "' is not from 1 to " + most);
        }
        return step;
    }

    /** A week may end with its Sunday. */
    private int last(String text) throws Wrong {
        int value = value(text);
        return field == CronField.DAY_OF_WEEK && text.equals("sun") ? field.mostWritten() : value;
    }

    private int value(String text) throws Wrong {
        if (NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            if (number < field.least() || number > field.mostWritten()) {
                throw wrong("'" + text + "' is not from " + field.form());
            }
            return number;
        }
        OptionalInt named = field.named(text);
        if (named.isPresent()) {
            return named.getAsInt();
        }
        throw wrong("'" + text + "' is not from " + field.form()
                + near(text).map(near -> ", did you mean '" + near + "'?").orElse(""));
    }

    private Optional<String> near(String text) {
        return field.names().stream().filter(text::startsWith).findFirst().or(() -> Nearest.to(text, field.names()));
    }

    private long set(int first, int last, int step) {
        long set = 0;
        for (int value = first; value <= last; value += step) {
            set |= 1L << (value > field.most() ? field.least() : value);
        }
        return set;
    }

    private Wrong wrong(String reason) {
        return new Wrong(field, reason);
    }
}
