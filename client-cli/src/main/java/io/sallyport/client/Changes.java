package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A source as what has changed since an earlier one. A gateway that cannot use that says so, and is sent all of it.
 *
 * @param body as it is sent
 */
record Changes(Body body) implements Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(out);
    }

    @Override
    public boolean repeatable() {
        return body.repeatable();
    }
}
