package io.sallyport.bench;

import java.util.Locale;

/** What a figure should be, next to sshd's. */
sealed interface Goal {
    /** No goal; for orientation. */
    Goal NONE = new None();

    /** In the table. */
    String text();

    /** Whether it is reached. */
    boolean holds(double sshd, double gateway);

    /** The gateway's figure is at most so many times sshd's. */
    record AtMost(double ratio) implements Goal {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "≤ %.2f ×", ratio);
        }

        @Override
        public boolean holds(double sshd, double gateway) {
            return gateway <= sshd * ratio;
        }
    }

    /** The gateway's figure is at least so many times sshd's. */
    record AtLeast(double ratio) implements Goal {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "≥ %.1f ×", ratio);
        }

        @Override
        public boolean holds(double sshd, double gateway) {
            return gateway >= sshd * ratio;
        }
    }

    /** The gateway's figure is at most so much more than the other's. */
    record Within(double more, String unit) implements Goal {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "≤ +%.0f %s", more, unit);
        }

        @Override
        public boolean holds(double sshd, double gateway) {
            return gateway <= sshd + more;
        }
    }

    /** The gateway's figure is at least so much, whatever another does. */
    record Floor(double least) implements Goal {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "≥ %.0f", least);
        }

        @Override
        public boolean holds(double sshd, double gateway) {
            return gateway >= least;
        }
    }

    /** The gateway's figure is at most so much, whatever another does. */
    record Ceiling(double most) implements Goal {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "≤ %.0f", most);
        }

        @Override
        public boolean holds(double sshd, double gateway) {
            return gateway <= most;
        }
    }

    /** Nothing to reach. */
    record None() implements Goal {
        @Override
        public String text() {
            return "";
        }

        @Override
        public boolean holds(double sshd, double gateway) {
            return true;
        }
    }
}
