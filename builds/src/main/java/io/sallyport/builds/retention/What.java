package io.sallyport.builds.retention;

import java.util.Locale;

/** What can be removed. */
public enum What {
    /** The artifacts of a job. */
    ARTIFACTS,
    /** The source. */
    SOURCE,
    /** The log. */
    LOG,
    /** All of these, the record and the evidence. */
    BUILD;

    /** The one of that label; there has to be one. */
    static What parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** The name in records and answers, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
