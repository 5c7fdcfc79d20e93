package io.sallyport.builds.schedule;

import java.util.Optional;

/** What became of the text of a cron expression. */
public sealed interface CronReading {
    /** It has a next time, whenever that is asked. */
    record Understood(Cron cron) implements CronReading {}

    /**
     * It is none.
     *
     * @param field that is wrong; empty when it is the whole, or the time zone
     * @param reason what is wrong and what would be right, in words
     */
    record Misunderstood(Optional<CronField> field, String reason) implements CronReading {
        /** The reason, after the name of its field. */
        public String words() {
            return field.map(wrong -> wrong.label() + ": ").orElse("") + reason;
        }
    }
}
