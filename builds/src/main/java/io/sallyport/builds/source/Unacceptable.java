package io.sallyport.builds.source;

import io.sallyport.builds.Refusal;
import java.io.IOException;

/**
 * A source cannot be accepted, and why. It travels as an exception because it is found deep inside streams that know
 * {@link IOException} only; at the door of the package it becomes the {@link Refusal} that it carries.
 */
final class Unacceptable extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    Unacceptable(Refusal refusal) {
        super(words(refusal));
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }

    /** For those who have no use for a refusal. */
    private static String words(Refusal refusal) {
        return refusal instanceof Refusal.HostileEntry entry
                ? entry.path() + ": " + entry.reason()
                : refusal instanceof Refusal.DamagedArchive archive ? archive.reason() : refusal.toString();
    }

    static Unacceptable damaged(String reason) {
        return new Unacceptable(new Refusal.DamagedArchive(reason));
    }

    /** {@code name} is as the archive gives it; it is made fit to be shown. */
    static Unacceptable hostile(String name, String reason) {
        return new Unacceptable(new Refusal.HostileEntry(Names.printable(name), reason));
    }

    static Unacceptable tooLarge(String what, long limit) {
        return new Unacceptable(new Refusal.TooLarge(what, limit));
    }
}
