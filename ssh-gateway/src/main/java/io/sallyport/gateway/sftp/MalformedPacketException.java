package io.sallyport.gateway.sftp;

import java.io.IOException;

/** The peer does not keep to the protocol, so what it sends next cannot be understood either. */
final class MalformedPacketException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedPacketException(String message) {
        super(message);
    }
}
