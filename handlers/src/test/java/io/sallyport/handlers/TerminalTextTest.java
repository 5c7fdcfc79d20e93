package io.sallyport.handlers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
    private static final Pattern HARMLESS =
            Pattern.compile("(?:[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]|[\\n\\t\\u200c\\u200d]|\\x1b\\[[0-9;:]{0,64}m)*");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain\n",
                "tab\tand €, 日本, 😀, עברית\n",
                "👩\u200d💻 ک\u200cک \ue0b0\n",
                "\u001b[38;5;8mx\u001b[48;2;8;8;8my\u001b[38:5:8mz\u001b[0m",
                "\u001b[31mred\u001b[0m\n",
                "\u001b[1;38;5;196mx\u001b[m",
                "\u001b[4:3mx\u001b[00m",
            })
    void textAndColoursStayAsTheyAre(String text) throws IOException {
        assertEquals(text, filtered(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    # cursor, erasing, modes, reset, character sets, keypad
                    a^[[2J^[[1;1Hb | ab
                    a^[[Kb^[[?25lc^[[?1049hd | abcd
                    a^[cb^[7c^[(0d^[=e | abcde
                    a^[#8b^[ Fc | abc
                    # an m does not make it a colour
                    a^[[>4;2mb^[[?4mc^[[1 mD | abcD
                    # strings of OSC (title, link, clipboard), DCS, APC, PM, SOS, and their two ends
                    a^[]0;title^Gb^[]8;;http://x^[\\c^[]8;;^[\\d | abcd
                    a^[]52;c;aGk=^Gb^[P1$r^[\\c^[_x^[\\d^[^x^[\\e^[Xx^[\\f | abcdef
                    # a string without an end swallows its line only
                    a^[]0;hidden^Jb | a^Jb
                    a^[]0;hidden^[[31mb | a^[[31mb^[[0m
                    # nothing is concealed
                    a^[[8mb^[[1;8;31mc^[[08;38;5;8md^[[8;8me | ab^[[1;31mc^[[38;5;8mde^[[0m
                    # broken sequences
                    a^[[12^Jb | a^Jb
                    a^[^[[1mb^[[mc | a^[[1mb^[[mc
                    a^[[31 | a
                    a^[ | a
                    # carriage returns
                    a^M^Jb^M^M^Jc | a^Jb^Jc
                    10%^M20%^M^[[K30%^M^J | 10%^J20%^J30%^J
                    a^M | a^J
                    # other controls are shown
                    a^Hb^@c^Gd^Le^Nf^? | a␈b␀c␇d␌e␎f␡
                    # what is not reset is reset
                    ^[[31mred | ^[[31mred^[[0m
                    """)
    void sequencesAreNeutralised(String text, String wanted) throws IOException {
        assertEquals(caret(wanted), filtered(caret(text)));
    }

    /** Writes controls as people do. */
    private static String caret(String text) {
        return Pattern.compile("\\^([@A-Z\\[?])")
                .matcher(text)
                .replaceAll(match -> Character.toString(match.group(1).charAt(0) ^ 0x40));
    }

    @ParameterizedTest
    @CsvSource({
        "a\u009b31mb, a\ufffd31mb",
        "a\u0085b, a\ufffdb",
        "a\u202eb\u2066c\u2069, a\ufffdb\ufffdc\ufffd",
        "a\u200fb\u061cc\u2028d\u2029e\ufefff\u200bg, a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg",
        "a\udb40\udc01b\ufff9c, a\ufffdb\ufffdc",
    })
    void controlsBeyondAsciiAreReplaced(String text, String wanted) throws IOException {
        assertEquals(wanted, filtered(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u00ffb", // no such byte in UTF-8
                "a\u009b31m", // a C1 control as one byte
                "a\u00e2\u0082b", // cut short
                "a\u00e2\u0082", // at the end
                "\u00c0\u00af\u00e0\u0080\u00af", // longer than needed
                "\u00f4\u0090\u0080\u0080", // beyond the last character
                "\u00e2\u0082\u00e2\u0082\u00ac", // cut short, then whole
            })
    void whatIsNotUtf8IsReplacedAsTheJdkDoesIt(String bytes) throws IOException {
        byte[] raw = bytes.getBytes(ISO_8859_1);
        assertEquals(new String(raw, UTF_8), new String(filtered(raw, 4096), UTF_8));
    }

    @Test
    void aSurrogateIsNotUtf8() throws IOException {
        byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
        assertEquals("\ufffd\ufffd\ufffd", utf8(filtered(surrogate, 4096)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingHarmfulComesThroughWhereverItIsSplit(long seed) throws IOException {
        Random random = new Random(seed);
        String[] pieces = {
            "\u001b", "[", "]", "0", ";", "m", "31", "\u0007", "\\", "?", " ", "\r", "\n", "x", "\u0000", "P", "(",
            "\u007f", "\u0018"
        };
        for (int i = 0; i < 300; i++) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (int k = random.nextInt(40); k >= 0; k--) {
                if (random.nextInt(4) == 0) {
                    text.write(random.nextInt(256));
                } else {
                    text.writeBytes(pieces[random.nextInt(pieces.length)].getBytes(UTF_8));
                }
                if (random.nextInt(10) == 0) {
                    text.writeBytes("\u009b€\u202e😀".getBytes(UTF_8));
                }
            }
            byte[] whole = filtered(text.toByteArray(), 4096);
            assertTrue(HARMLESS.matcher(utf8(whole)).matches(), () -> utf8(whole));
            for (int split = 1; split < 5; split++) {
                assertEquals(utf8(whole), utf8(filtered(text.toByteArray(), split)));
            }
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStringWithoutAnEndIsLeftAfterSomeBytes() throws IOException {
        String filtered = filtered("\u001b]0;" + "x".repeat(10_000));
        assertTrue(filtered.length() > 5000 && filtered.length() < 6000, filtered.length() + " left");
    }

    @Test
    void aContentIsFilteredFromAnOffsetOfTheForeignBytes() throws IOException {
        Content foreign = content("0123\u001b[2J\rab\u0000\n".repeat(5000).getBytes(UTF_8));
        TerminalContent content = new TerminalContent(foreign);
        assertEquals(OptionalLong.empty(), content.size());
        assertEquals("23\nab␀\n" + "0123\nab␀\n".repeat(4999), read(content, 2, 1));
        assertEquals("23\nab␀\n" + "0123\nab␀\n".repeat(4999), read(content, 2, 100_000));
    }

    private static String read(Content content, long offset, int room) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(room);
        try (ReadableByteChannel in = content.open(offset)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer.clear())) {
                assertTrue(count > 0);
                all.write(buffer.array(), 0, count);
            }
        }
        return all.toString(UTF_8);
    }

    private static Content content(byte[] bytes) {
        return new Content() {
            @Override
            public OptionalLong size() {
                return OptionalLong.of(bytes.length);
            }

            @Override
            public ReadableByteChannel open(long offset) {
                return Channels.newChannel(new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset));
            }
        };
    }

    private static String filtered(String text) throws IOException {
        return utf8(filtered(text.getBytes(UTF_8), 4096));
    }

    /** Filters bytes in pieces of a size. */
    private static byte[] filtered(byte[] bytes, int size) {
        TerminalText text = new TerminalText();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer out = ByteBuffer.allocate(TerminalText.ROOM + size);
        for (int at = 0; at < bytes.length; at += size) {
            ByteBuffer in = ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at));
            while (in.hasRemaining()) {
                text.filter(in, out.clear());
                all.write(out.array(), 0, out.position());
            }
        }
        text.end(out.clear());
        all.write(out.array(), 0, out.position());
        return all.toByteArray();
    }
}
