package io.sallyport.builds.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hidden, and that nothing else is touched. */
class MaskTest {
    private static final String MASKED = "[masked]";
    private static final String MANY_SIGNS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#()*,-.:;<=>?@[]^_{|}~";
    private static final String SECRET = "s3cr3t/Value+with 'odd' & \"many\" \\signs?";
    private static final String KEY = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIH5Yw0Dq7Jq0oO7z3+VJ9dQ8sD3f5Yw0Dq7Jq0oO7z3+
            VJ9dQ8sD/f5=
            end
            -----END PRIVATE KEY-----
            """;

    private final Random random = new Random(20261120);

    @Test
    void aValueIsHiddenWhereverItStands() {
        assertEquals("[masked]", masked("hunter2hunter", "hunter2hunter"));
        assertEquals("a [masked] b\n", masked("hunter2hunter", "a hunter2hunter b\n"));
        assertEquals("[masked][masked]", masked("hunter2hunter", "hunter2hunterhunter2hunter"));
        assertEquals("hunter2hunte", masked("hunter2hunter", "hunter2hunte"));
        assertEquals("[masked]", masked("hunter2hunter", "hunter2hunter2hunter"), "twice, sharing a part");
    }

    @Test
    void valuesThatOverlapAreHiddenWhole() {
        Mask mask = Mask.of(List.of("abcdefgh", "efghijkl", "cdefghij12"));

        assertEquals("-[masked]-", mask.text("-abcdefghijkl-"));
        assertEquals("-[masked]-", mask.text("-cdefghij12-"));
        assertEquals("-[masked]ij0", mask.text("-abcdefghij0"));
        assertEquals("-[masked][masked]!", mask.text("-abcdefghefghijkl!"));
    }

    @Test
    void aValueThatRepeatsItselfIsHiddenAsOne() {
        assertEquals("x[masked]y", masked("aaaaaaaa", "x" + "a".repeat(5000) + "y"));
        assertEquals("xaaaaaaay", masked("aaaaaaaa", "xaaaaaaay"));
    }

    @Test
    void linesOfAValueAreHiddenOneByOneAndTogether() {
        Mask mask = Mask.of(List.of(KEY));

        assertEquals("[masked]\n", mask.text(KEY));
        for (String line : KEY.lines().toList()) {
            assertEquals(line.equals("end") ? ">end<" : ">[masked]<", mask.text(">" + line + "<"));
        }
        assertEquals("  [masked]\r\n  end\r\n", mask.text("  VJ9dQ8sD/f5=\r\n  end\r\n"));
    }

    @Test
    void shortValuesAreNotHidden() {
        assertSame(
                Mask.NONE.text("x"),
                Mask.of(List.of("1234567", "", "  \n\n a\n")).text("x"));
        assertTrue(Mask.of(List.of("1234567")).isEmpty());
        assertFalse(Mask.of(List.of("12345678")).isEmpty());
        assertTrue(Mask.of(List.of("äöüäöüä")).isEmpty(), "seven characters in fourteen bytes");
        assertEquals("--------", Mask.of(List.of("first line\n--------")).text("--------"));
    }

    @Test
    void base64IsHiddenWhateverStandsBeforeAndBehind() {
        for (String before : List.of("", "u", "us", "use", "user:")) {
            for (String behind : List.of("", "1", "12", "123")) {
                byte[] bytes = (before + SECRET + behind).getBytes(UTF_8);
                for (Base64.Encoder encoder : encoders()) {
                    String text = encoder.encodeToString(bytes);
                    String masked = masked(SECRET, "data: " + text + " end");
                    assertEquals("data: ", masked.substring(0, 6));
                    assertEquals(" end", masked.substring(masked.length() - 4));
                    String left = masked.substring(6, masked.length() - 4).replace(MASKED, "");
                    assertTrue(masked.contains(MASKED), masked);
                    // What is left holds nothing but bits of what stands before and behind.
                    assertTrue(left.length() <= (before.length() + behind.length() + 2) * 4 / 3 + 2, masked);
                }
            }
        }
    }

    private static List<Base64.Encoder> encoders() {
        byte[] lf = {'\n'};
        byte[] crlf = {'\r', '\n'};
        return List.of(
                Base64.getEncoder(),
                Base64.getUrlEncoder(),
                Base64.getEncoder().withoutPadding(),
                Base64.getMimeEncoder(64, lf),
                Base64.getMimeEncoder(76, lf),
                Base64.getMimeEncoder(76, crlf),
                Base64.getMimeEncoder(8, lf));
    }

    @Test
    void wordsOnLinesOfTheirOwnAreNotTakenForBase64() {
        String text = "checking\ncompiling\n\nlinking\nhttps://example.org/a/b/c\n";

        assertEquals(text, masked(SECRET, text));
    }

    @Test
    void addressesAndFormsAreHidden() {
        String form = URLEncoder.encode(SECRET, UTF_8);
        String address = form.replace("+", "%20");

        assertEquals("q=[masked]&", masked(SECRET, "q=" + form + "&"));
        assertEquals("q=[masked]&", masked(SECRET, "q=" + address + "&"));
        assertEquals(
                "q=[masked]&",
                masked(SECRET, "q=" + address.replace("%2F", "%2f").replace("%3F", "%3f") + "&"));
        assertEquals(
                "q=[masked]&", masked(SECRET, "q=" + address.replace("%2F", "/").replace("%27", "'") + "&"));
        assertEquals("q=[masked]&", masked("1234abcd", "q=%31%32%33%34%61%62%63%64&"));
        assertEquals("100% %4 %zz %%41 %", masked(SECRET, "100% %4 %zz %%41 %"));
    }

    @Test
    void jsonIsHidden() throws Exception {
        for (String secret : List.of(SECRET, KEY, "tab\there\u0001 and €ürö \uD83D\uDD11 key")) {
            for (JsonMapper mapper : List.of(
                    JsonMapper.builder().build(),
                    JsonMapper.builder()
                            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                            .build(),
                    JsonMapper.builder()
                            .enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                            .build())) {
                String json = mapper.writeValueAsString(secret.strip());
                assertEquals("{\"a\":\"[masked]\"}", masked(secret, "{\"a\":" + json + "}"), json);
            }
        }
        assertEquals("\"[masked]\"", masked("a<b>c&d=efgh", "\"a\\u003cb\\u003Ec\\u0026d=efgh\""));
    }

    @Test
    void whatShellsPrintIsHidden() {
        assertEquals("+ echo '[masked]'", masked(SECRET, "+ echo '" + SECRET.replace("'", "'\\''") + "'"));
        assertEquals("[masked]", masked("it's a $ecret", "it\\'s\\ a\\ \\$ecret"));
        assertEquals("$'[masked]'", masked("first line\nsecond's line", "$'first line\\nsecond\\'s line'"));
        assertEquals("\"[masked]\"", masked("a\"b$c`d\\efgh", "\"a\\\"b\\$c\\`d\\\\efgh\""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
    void noSplitOfTheBytesChangesTheResult(int longest) throws Exception {
        for (int round = 0; round < 60; round++) {
            List<String> secrets = secrets();
            Mask mask = Mask.of(secrets);
            String text = text(secrets);
            String whole = mask.text(text);

            byte[] inPieces = inPieces(mask, text.getBytes(UTF_8), longest);

            assertEquals(whole, new String(inPieces, UTF_8));
            secrets.forEach(secret -> assertFalse(whole.contains(secret), () -> secret + " in " + whole));
        }
    }

    @Test
    void whereValuesStandByThemselvesTheyAloneAreReplaced() throws Exception {
        for (int round = 0; round < 200; round++) {
            List<String> secrets = secrets();
            StringBuilder text = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                String between = " ~" + random.nextInt(1000) + "~\n ";
                text.append(between);
                expected.append(between);
                if (random.nextBoolean()) {
                    text.append(secrets.get(random.nextInt(secrets.size())));
                    expected.append(MASKED);
                }
            }

            byte[] masked = inPieces(Mask.of(secrets), text.toString().getBytes(UTF_8), 50);

            assertEquals(expected.toString(), new String(masked, UTF_8));
        }
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAre() throws Exception {
        byte[] bytes = new byte[1 << 16];
        random.nextBytes(bytes);

        assertArrayEquals(bytes, inPieces(Mask.of(List.of(SECRET, KEY)), bytes, 3000));
    }

    @Test
    void aValueLongerThanWhatIsHeldBackIsHiddenAsOne() throws Exception {
        String secret = random("abcdefghijklmnopqrstuvwxyz0123456789", 60_000);
        String text = "<" + secret + ">" + secret.substring(0, 20_000) + "\n";

        String masked = new String(inPieces(Mask.of(List.of(secret)), text.getBytes(UTF_8), 9000), UTF_8);

        assertTrue(masked.startsWith("<[masked]>[masked]"), masked);
        assertTrue(masked.length() < 2000, "a piece that was not whole: " + masked.length());
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
        assertEquals("<[masked]>", Mask.of(List.of(secret)).text("<" + base64 + ">"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "%61%62", "\\u0061\\u0062", "YWJh\nYmFi\n"})
    void whatIsHeldBackIsBounded(String endless) throws Exception {
        byte[] bytes = endless.repeat(1 << 17).getBytes(UTF_8);
        MaskedStream stream = Mask.of(List.of("ab".repeat(500) + "!")).stream();
        long[] given = new long[1];

        for (int at = 0; at < bytes.length; at += 1000) {
            int length = Math.min(1000, bytes.length - at);
            stream.take(ByteBuffer.wrap(bytes, at, length), part -> given[0] += part.remaining());
            assertTrue(at + length - given[0] <= 8 * Patterns.PIECE, () -> given[0] + " given");
        }
        assertTrue(given[0] > 0);
    }

    /** Tokens of one maker begin alike: what they begin with is no way to slow down all that is printed. */
    @Test
    void manyValuesThatBeginAlikeTakeLittleMoreTimeThanOne() {
        List<String> alike = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            alike.add("ghp_" + random(MANY_SIGNS, 36));
        }
        String text = "ghp_\u0001".repeat(1 << 17) + alike.get(500).substring(0, 10) + " " + alike.get(999);
        Mask one = Mask.of(List.of(alike.getFirst()));
        Mask all = Mask.of(alike);

        assertEquals(text.replace(alike.get(999), MASKED), all.text(text));
        long most = Long.MAX_VALUE;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            least = Math.min(least, time(one, text));
            most = Math.min(most, time(all, text));
        }
        assertTrue(most < 2 * least, "%d ns for all, %d ns for one".formatted(most, least));
    }

    private static long time(Mask mask, String text) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        mask.text(text);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    }

    /** Values of few different signs, so that they overlap in every way. */
    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        int count = random.nextInt(8) == 0 ? 60 : 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String alphabet = switch (random.nextInt(4)) {
                case 0 -> "ab";
                case 1 -> "a%\\n1";
                case 2 -> "äb\n \"'/";
                default -> "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-";
            };
            secrets.add("x" + random(alphabet, 8 + random.nextInt(40)) + "y");
        }
        return secrets;
    }

    /** Text with values in it, whole and in part, as they are and encoded. */
    private String text(List<String> secrets) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            String secret = secrets.get(random.nextInt(secrets.size()));
            switch (random.nextInt(7)) {
                case 0 -> text.append(secret);
                case 1 -> text.append(secret, 0, random.nextInt(secret.length()));
                case 2 -> text.append(secret.substring(random.nextInt(secret.length())));
                case 3 -> text.append(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
                case 4 -> text.append(URLEncoder.encode(secret, UTF_8));
                case 5 ->
                    text.append(
                            secret.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\""));
                default -> text.append(random("ab%41\\n \nü", random.nextInt(20)));
            }
        }
        return text.toString();
    }

    private String random(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private byte[] inPieces(Mask mask, byte[] bytes, int longest) throws Exception {
        ByteArrayOutputStream masked = new ByteArrayOutputStream();
        MaskedStream stream = mask.stream();
        MaskedStream.Target target = part -> {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            masked.write(copy);
        };
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(longest), bytes.length - at);
            stream.take(ByteBuffer.wrap(bytes, at, length), target);
            at += length;
        }
        stream.end(target);
        return masked.toByteArray();
    }

    private static String masked(String secret, String text) {
        byte[] bytes = Mask.of(List.of(secret)).text(text).getBytes(UTF_8);
        assertFalse(new String(bytes, ISO_8859_1).contains(new String(secret.getBytes(UTF_8), ISO_8859_1)));
        return new String(bytes, UTF_8);
    }
}
