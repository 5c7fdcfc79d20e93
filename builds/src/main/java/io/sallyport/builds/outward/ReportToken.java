package io.sallyport.builds.outward;

/** How whoever puts a report says with which token, or key of signatures, it is sent. */
public sealed interface ReportToken {
    /** That of a secret of the project, as it is at each time. */
    record OfSecret(String name) implements ReportToken {}

    /** This one, which is kept sealed with the report and never shown. */
    record Given(String value) implements ReportToken {
        @Override
        public String toString() {
            return "Given";
        }
    }

    /** The same as before. */
    record Unchanged() implements ReportToken {}
}
