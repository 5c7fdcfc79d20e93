package io.sallyport.client.cli;

import java.util.List;

/** The same without an ssh program. */
class GetBuiltInTest extends GetTest {
    @Override
    String transport() {
        return "built-in";
    }

    @Override
    List<String> options() {
        return sshd.optionsOfAnyTransport();
    }

    @Override
    void cut() {
        sshd.cut();
    }
}
