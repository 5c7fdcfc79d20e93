package io.sallyport.handlers;

/** The four methods of the API. */
public enum Method {
    /** Reads; changes nothing. */
    GET,
    /** Makes something new. */
    POST,
    /** Makes or replaces something whose name the caller gives. */
    PUT,
    /** Removes, or cancels. */
    DELETE;

    /** Whether requests of this method change something: they are done only after the audit log has them on the disk. */
    public boolean changes() {
        return this != GET;
    }
}
