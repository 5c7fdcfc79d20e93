package io.sallyport.builds.plan;

/** After which end of a script its files are kept. */
public enum KeepWhen {
    /** It has succeeded. */
    ON_SUCCESS,
    /** It has not. */
    ON_FAILURE,
    /** Any. */
    ALWAYS;

    /** Whether files are kept after such an end. */
    public boolean after(boolean succeeded) {
        return switch (this) {
            case ON_SUCCESS -> succeeded;
            case ON_FAILURE -> !succeeded;
            case ALWAYS -> true;
        };
    }
}
