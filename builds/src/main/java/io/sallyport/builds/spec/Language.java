package io.sallyport.builds.spec;

import io.sallyport.builds.spec.yaml.Repeated;

/** The languages of specs, told by the names of their files. */
enum Language {
    /** GitLab's words, and the short form; the same key twice is a mistake. */
    SALLYPORT(Repeated.ERROR),
    /** Files as GitLab takes them. */
    GITLAB(Repeated.LAST),
    /** The files of a forge: one job with {@code execute}. */
    FORGE(Repeated.ERROR);

    private final Repeated repeated;

    Language(Repeated repeated) {
        this.repeated = repeated;
    }

    Repeated repeated() {
        return repeated;
    }

    static Language of(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        if (name.endsWith(".sallyport.yml") || name.endsWith(".sallyport.yaml")) {
            return SALLYPORT;
        }
        return name.endsWith(".forge.yml") || name.endsWith(".forge.yaml") ? FORGE : GITLAB;
    }
}
