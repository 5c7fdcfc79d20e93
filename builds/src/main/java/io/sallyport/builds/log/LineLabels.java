package io.sallyport.builds.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Puts the name of the job before each line, for people who read what several jobs print at the same time. A line of the
 * build as a whole has none. Where another job comes in the middle of a line, a new line begins. A carriage return begins
 * one, too, when more than a line feed follows: to people it is shown as one. For one thread.
 */
final class LineLabels {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private String label = "";
    private int job = -1;
    private Place place = Place.LINE_START;
    private ByteBuffer before = NOTHING; // of our own, to be given out before the next byte

    /** Where in a line the next byte is. */
    private enum Place {
        LINE_START,
        /** Where another job comes in the middle of a line; a line feed that it brings, as the gateway's lines do, ends that. */
        CUT,
        /** Behind a carriage return, which ends the line or begins it again. */
        RETURNED,
        INSIDE
    }

    /** What comes next is of this job; its name is empty for the build as a whole. */
    void turnTo(int number, JobNames names) {
        if (number != job) {
            place = place == Place.LINE_START ? Place.LINE_START : Place.CUT;
            job = number;
            String name = names.name(number);
            label = name.isEmpty() ? "" : name + " | ";
        }
    }

    /** Copies bytes of the job as far as both go, with the labels between them. */
    void copy(ByteBuffer from, ByteBuffer into) {
        while (into.hasRemaining()) {
            if (before.hasRemaining()) {
                int length = Math.min(before.remaining(), into.remaining());
                into.put(before.slice(before.position(), length));
                before.position(before.position() + length);
            } else if (!from.hasRemaining()) {
                return;
            } else if (beginsLine(from.get(from.position()))) {
                String all = place == Place.CUT ? "\n" + label : label;
                before = ByteBuffer.wrap(all.getBytes(StandardCharsets.UTF_8));
                place = Place.INSIDE;
            } else {
                byte b = from.get();
                into.put(b);
                place = after(b);
            }
        }
    }

    private boolean beginsLine(byte next) {
        return switch (place) {
            case LINE_START -> true;
            case CUT -> next != '\n';
            case RETURNED -> next != '\r' && next != '\n';
            case INSIDE -> false;
        };
    }

    private static Place after(byte b) {
        return switch (b) {
            case '\n' -> Place.LINE_START;
            case '\r' -> Place.RETURNED;
            default -> Place.INSIDE;
        };
    }
}
