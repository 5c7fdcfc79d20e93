package io.sallyport.client.cli;

import java.util.List;

/** The same without an ssh program. */
class LogAndWaitBuiltInTest extends LogAndWaitTest {
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
