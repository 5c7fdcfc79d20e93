package io.sallyport.gateway.dashboard.screen;

import io.sallyport.gateway.dashboard.screen.Key.Name;
import java.util.Optional;

/**
 * Bytes of a terminal in raw mode as keys: UTF-8, control characters, and the sequences of xterm, rxvt and the Linux console in
 * both modes of the cursor keys. What is none of them is left out. Of what is pasted, where the terminal tells (bracketed paste of
 * xterm's control sequences), only characters are left, told apart from those that were typed: nothing is done on a paste's word. For
 * one thread; its memory is fixed.
 */
public final class Keys {
    private static final int ESC = 0x1b;
    private static final int BEL = 0x07;
    private static final int LONGEST = 32;
    private static final int MOUSE_BYTES = 3;
    private static final int PASTE = 200;
    private static final int PASTED = 201;

    private State state = State.TEXT;
    private int length; // of the sequence
    private int number; // the first parameter of the sequence
    private boolean more; // whether the first parameter is over
    private int character;
    private int missing; // bytes of the character
    private int least; // that a character of so many bytes stands for
    private boolean pasting;

    private enum State {
        TEXT,
        ESCAPE,
        CONTROL,
        SINGLE,
        /** Within what a terminal tells when it is asked: to its end, or until nothing more comes. */
        STRING,
        STRING_ESCAPE,
        /** Within the place of a mouse. */
        MOUSE
    }

    /** The key that ends with this byte, if one does. */
    public Optional<Key> take(int b) {
        Optional<Key> key = typed(b);
        return pasting ? key.flatMap(this::pasted) : key;
    }

    /** Ctrl-C ends a paste whose end does not come. */
    private Optional<Key> pasted(Key key) {
        pasting = key.name() != Name.INTERRUPT;
        return switch (key.name()) {
            case CHARACTER -> Optional.of(new Key(Name.PASTED, key.character()));
            case INTERRUPT -> Optional.of(key);
            default -> Optional.empty();
        };
    }

    private Optional<Key> typed(int b) {
        return switch (state) {
            case TEXT -> text(b);
            case ESCAPE -> escape(b);
            case CONTROL -> control(b);
            case SINGLE -> {
                state = State.TEXT;
                yield b == 'M' ? Optional.of(Key.of(Name.ENTER)) : arrow(b); // M is of the number pad
            }
            case STRING -> {
                state = b == BEL ? State.TEXT : b == ESC ? State.STRING_ESCAPE : State.STRING;
                yield Optional.empty();
            }
            case STRING_ESCAPE -> {
                state = b == '\\' ? State.TEXT : State.STRING;
                yield Optional.empty();
            }
            case MOUSE -> {
                length++;
                state = length > MOUSE_BYTES ? State.TEXT : State.MOUSE;
                yield Optional.empty();
            }
        };
    }

    /** Whether something has begun whose meaning depends on whether more comes soon. */
    public boolean inDoubt() {
        return state == State.ESCAPE || state == State.STRING || state == State.STRING_ESCAPE;
    }

    /** Nothing has come soon: the key that it was, if it was one. */
    public Optional<Key> settle() {
        boolean escaped = state == State.ESCAPE;
        state = State.TEXT;
        return escaped && !pasting ? Optional.of(Key.of(Name.ESCAPE)) : Optional.empty();
    }

    private Optional<Key> text(int b) {
        if (missing > 0 && (b & 0xc0) == 0x80) {
            return continued(b);
        }
        missing = 0;
        if (b == ESC) {
            state = State.ESCAPE;
            return Optional.empty();
        }
        return b < 0x20 || b == 0x7f ? named(b) : b < 0x80 ? written(b) : begun(b);
    }

    private static Optional<Key> named(int b) {
        return switch (b) {
            case 0x03 -> Optional.of(Key.of(Name.INTERRUPT));
            case 0x04 -> Optional.of(Key.of(Name.END_OF_INPUT));
            case 0x08, 0x7f -> Optional.of(Key.of(Name.BACKSPACE));
            case '\t' -> Optional.of(Key.of(Name.TAB));
            case '\n', '\r' -> Optional.of(Key.of(Name.ENTER));
            case 0x0c -> Optional.of(Key.of(Name.REDRAW));
            case 0x15 -> Optional.of(Key.of(Name.KILL));
            default -> Optional.empty();
        };
    }

    private static Optional<Key> written(int c) {
        return Optional.of(new Key(Name.CHARACTER, c));
    }

    private Optional<Key> begun(int b) {
        if (b >= 0xc2 && b < 0xe0) {
            begin(b & 0x1f, 1, 0x80);
        } else if (b >= 0xe0 && b < 0xf0) {
            begin(b & 0x0f, 2, 0x800);
        } else if (b >= 0xf0 && b < 0xf5) {
            begin(b & 0x07, 3, 0x10000);
        }
        return Optional.empty();
    }

    private void begin(int bits, int bytes, int smallest) {
        character = bits;
        missing = bytes;
        least = smallest;
    }

    private Optional<Key> continued(int b) {
        character = character << 6 | (b & 0x3f);
        missing--;
        if (missing > 0) {
            return Optional.empty();
        }
        boolean valid =
                character >= least && character <= Character.MAX_CODE_POINT && Safe.character(character) == character;
        return valid ? written(character) : Optional.empty();
    }

    private Optional<Key> escape(int b) {
        if (b == ESC) {
            return Optional.of(Key.of(Name.ESCAPE));
        }
        length = 0;
        number = 0;
        more = false;
        state = switch (b) {
            case '[' -> State.CONTROL;
            case 'O' -> State.SINGLE;
            case ']', 'P', '_', '^', 'X' -> State.STRING; // OSC, DCS, APC, PM and SOS of ECMA-48
            default -> State.TEXT; // with the Alt key, or of a sequence that no key has
        };
        return Optional.empty();
    }

    private Optional<Key> control(int b) {
        length++;
        if (b >= 0x40 && b <= 0x7e) {
            state = b == 'M' && length == 1 ? State.MOUSE : State.TEXT;
            if (b == '~' && (number == PASTE || number == PASTED)) {
                pasting = number == PASTE;
                return Optional.empty();
            }
            return b == '~' ? numbered(number) : arrow(b);
        }
        if (b >= '0' && b <= '9' && !more) {
            number = Math.min(number * 10 + b - '0', 1000);
        } else {
            more = true;
        }
        if (b < 0x20 || b > 0x7e || length > LONGEST) {
            state = State.TEXT;
        }
        return Optional.empty();
    }

    private static Optional<Key> arrow(int b) {
        return switch (b) {
            case 'A' -> Optional.of(Key.of(Name.UP));
            case 'B' -> Optional.of(Key.of(Name.DOWN));
            case 'C' -> Optional.of(Key.of(Name.RIGHT));
            case 'D' -> Optional.of(Key.of(Name.LEFT));
            case 'H' -> Optional.of(Key.of(Name.HOME));
            case 'F' -> Optional.of(Key.of(Name.END));
            case 'Z' -> Optional.of(Key.of(Name.BACK_TAB));
            default -> Optional.empty();
        };
    }

    private static Optional<Key> numbered(int number) {
        return switch (number) {
            case 1, 7 -> Optional.of(Key.of(Name.HOME));
            case 4, 8 -> Optional.of(Key.of(Name.END));
            case 5 -> Optional.of(Key.of(Name.PAGE_UP));
            case 6 -> Optional.of(Key.of(Name.PAGE_DOWN));
            default -> Optional.empty();
        };
    }
}
