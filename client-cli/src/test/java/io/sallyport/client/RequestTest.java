package io.sallyport.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {
    @Test
    void parametersAreWords() {
        Request request = Request.of("GET", "/builds/1/log").with("offset", 5).with("follow", "true");

        assertEquals(List.of("GET", "/builds/1/log", "offset=5", "follow=true"), request.words());
    }

    @Test
    void pathsArePercentEncoded() {
        assertEquals("dist/app-1.0_x~.tar", Request.encodePath("dist/app-1.0_x~.tar"));
        assertEquals("a%20b/%3F%26%25%0A%C3%A4", Request.encodePath("a b/?&%\nä"));
    }
}
