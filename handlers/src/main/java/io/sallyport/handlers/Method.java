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
    DELETE
}
