package io.sallyport.builds.secret;

import java.io.IOException;

/** A secret's record is not as it was written: it has been changed, or put in the place of another. */
public final class DamagedSecretException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String project;
    private final String name;

    DamagedSecretException(String project, String name) {
        super("the secret " + name + " of " + project
                + " cannot be opened: its record is not as it was written; put it again");
        this.project = project;
        this.name = name;
    }

    /** The name of its project. */
    public String project() {
        return project;
    }

    /** The name of the secret. */
    public String name() {
        return name;
    }
}
