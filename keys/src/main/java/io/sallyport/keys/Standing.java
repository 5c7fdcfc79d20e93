package io.sallyport.keys;

/** Who a key stands for at this moment. */
public sealed interface Standing {
    /** Somebody; whether they are locked, the principal tells. */
    record Known(Principal principal) implements Standing {}

    /** Nobody: {@code reason} is for the log, not for the peer. */
    record Unknown(String reason) implements Standing {}
}
