package io.sallyport.client.cli;

import java.util.List;

/** The same without an ssh program. */
class ConnectionBuiltInTest extends ConnectionTest {
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

    @Override
    String changedKey() {
        return ": ask the administrator whether it has changed, and only then put there '";
    }
}
