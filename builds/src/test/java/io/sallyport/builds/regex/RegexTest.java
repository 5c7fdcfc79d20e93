package io.sallyport.builds.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.regex.Regex.Reading;
import io.sallyport.builds.regex.Regex.Search;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    /** Java takes it for a count all the same. */
    private static final Pattern COUNT_OF_NOTHING = Pattern.compile("(?:^|[(|:!=^$b])\\{");

    private static Regex regex(String pattern, String flags) {
        return assertInstanceOf(Reading.Valid.class, Regex.read(pattern, flags), pattern)
                .regex();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "::",
            quoteCharacter = '`',
            value = {
                "^v\\d+\\.\\d+$ :: v1.20 :: 0-5",
                "v\\d+ :: a v12 b :: 2-5",
                "a|bc :: xbc :: 1-3",
                "a* :: baa :: 0-0",
                "a*?b :: aab :: 0-3",
                "a{2,3} :: aaaa :: 0-3",
                "a{2,}? :: aaaa :: 0-2",
                "a{2} :: aab :: 0-2",
                "a{,2} :: a{,2} :: 0-5",
                "a{x} :: a{x} :: 0-4",
                "(?i)AbC :: xabc :: 1-4",
                "(?i:a)b :: Ab :: 0-2",
                "(?i:a)b :: AB :: none",
                "[^a-c]+ :: abcdef :: 3-6",
                "[]a]+ :: ]a :: 0-2",
                "[a&&b[]+ :: &[b :: 0-3",
                "[[:alpha:]]+ :: 12ab :: 2-4",
                "[[:^digit:]]+ :: 12ab :: 2-4",
                "\\p{Lu}\\pL+ :: aÄé :: 1-3",
                "\\h+ :: xyzbeef :: 3-7",
                "[\\w.-]+@ :: a.b-c@ :: 0-6",
                "\\x41\\x{42}\\u0043 :: ABC :: 0-3",
                "\\Aab\\z :: ab :: 0-2",
                "\\bfoo\\b :: a foo. :: 2-5",
                "^(?!main$).* :: main :: none",
                "^(?!main$).* :: mainly :: 0-6",
                "a(?=b) :: ab :: 0-1",
                "\\Qa.b\\E. :: xa.bc :: 1-5",
                "(?P<n>a)(?<m>b)(?'o'c) :: abc :: 0-3",
                "a(?#no)b :: ab :: 0-2",
                "^$ :: `` :: 0-0",
                "() :: x :: 0-0",
                "(a|b)*c :: ababc :: 0-5",
                "a/b\\/c :: a/b/c :: 0-5",
                "😀+ :: a😀😀 :: 1-5",
                "a.c :: a😀c :: 0-4",
            })
    void matchesWhereItShould(String pattern, String text, String place) {
        String found = switch (regex(pattern, "").search(text == null ? "" : text)) {
            case Search.Found match -> match.start() + "-" + match.end();
            case Search.Absent absent -> "none";
            case Search.TooCostly costly -> "too costly";
        };
        assertEquals(place, found);
    }

    @Test
    void flagsChangeWhatMatches() {
        assertInstanceOf(Search.Absent.class, regex("^b", "").search("a\nb"));
        assertInstanceOf(Search.Found.class, regex("^b$", "m").search("a\nb\nc"));
        assertInstanceOf(Search.Absent.class, regex("a.b", "").search("a\nb"));
        assertInstanceOf(Search.Found.class, regex("a.b", "s").search("a\nb"));
        assertInstanceOf(Search.Found.class, regex("AB", "i").search("xab"));
        assertInstanceOf(Search.Absent.class, regex("[^a]", "i").search("A"));
        assertEquals(new Search.Found(0, 1, Optional.empty()), regex("a+", "U").search("aaa"));
        assertInstanceOf(Search.Absent.class, regex("a$", "").search("a\n"));
        assertInstanceOf(Search.Found.class, regex("a\\Z", "").search("a\n"));
    }

    @Test
    void theFirstGroupIsRemembered() {
        assertEquals(
                new Search.Found(0, 16, Optional.of("87%")),
                regex("TOTAL.*\\s+(\\d+\\%)", "").search("TOTAL 100 13 87%"));
        assertEquals(
                new Search.Found(0, 1, Optional.empty()), regex("(a)|b", "").search("b"));
        assertEquals(
                new Search.Found(0, 2, Optional.of("b")),
                regex("(?:a(b)|(c))+", "").search("ab"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(a | 0 | a '(' without its ')'",
                "a) | 1 | a ')' without its '('",
                "x[a | 1 | a '[' without its ']'",
                "*a | 0 | nothing stands before '*' to be repeated",
                "a** | 2 | a repetition cannot be repeated",
                "a++ | 2 | a repetition cannot be repeated",
                "a{2000} | 1 | a repetition is from 0 to 1000, the smaller number first",
                "a{3,2} | 1 | a repetition is from 0 to 1000, the smaller number first",
                "(a{1000}){1000} | 9 | its repetitions make it too large",
                "a\\ | 1 | nothing follows the last '\\'",
                "(a)\\1 | 3 | references to groups are not supported",
                "\\y | 0 | '\\y' means nothing",
                "(?<=a)b | 0 | look-behind is not supported",
                "(?>a)b | 0 | a group of this kind is not supported",
                "\\p{Nonsense} | 0 | no class of characters has this name",
                "[z-a] | 1 | a range of characters goes from the smaller to the larger",
            })
    void whatIsWrongIsToldWithItsPlace(String pattern, int offset, String reason) {
        assertEquals(new Reading.Invalid(offset, reason), Regex.read(pattern, ""));
    }

    @Test
    void largePatternsAreRefused() {
        assertInstanceOf(Reading.Invalid.class, Regex.read("a".repeat(Regex.LONGEST + 1), ""));
        assertInstanceOf(Reading.Invalid.class, Regex.read("(".repeat(4000), ""));
        assertInstanceOf(Reading.Invalid.class, Regex.read("a", "x"));
        assertInstanceOf(Reading.Invalid.class, Regex.read("(?:(?:(?:){1000}){1000}){1000}", ""));
        assertInstanceOf(Reading.Invalid.class, Regex.read("(?:(?=(?:a{900}){10}){1000}){1000}", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|a)*$",
                "(a*)*b",
                "(|||){100}(?!)",
                "(a?){100}a{100}",
                "(.*)*(.*)*x",
                "((a{0,9}){0,9}){0,9}b"
            })
    void noPatternIsSlow(String pattern) {
        String text = "a".repeat(20_000) + "!";
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> regex(pattern, "").search(text));
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> regex("(?=" + pattern + "|x)y", "").search(text));
    }

    @Test
    void whereTextAndPatternAreTooLargeTheSearchGivesUp() {
        assertInstanceOf(Search.TooCostly.class, regex("(?:a?b?c?d?){200}e", "").search("abcd".repeat(15_000)));
    }

    /** On small random patterns it agrees with Java's, which knows the same constructs. */
    @Test
    void agreesWithAnotherImplementation() {
        Random random = new Random(7);
        String[] parts = {
            "a", "b", ".", "[ab]", "[^a]", "(", ")", "(?:", "|", "*", "+", "?", "{2}", "{1,2}", "*?", "\\b", "(?!",
            "(?=", "^", "$"
        };
        int compared = 0;
        for (int round = 0; round < 60_000; round++) {
            StringBuilder pattern = new StringBuilder();
            for (int i = random.nextInt(7); i >= 0; i--) {
                pattern.append(parts[random.nextInt(parts.length)]);
            }
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append("ab".charAt(random.nextInt(2)));
            }
            if (!COUNT_OF_NOTHING.matcher(pattern).find()
                    && Regex.read(pattern.toString(), "") instanceof Reading.Valid valid) {
                compared += compare(pattern.toString(), valid.regex(), text.toString());
            }
        }
        assertTrue(compared > 5_000, () -> "too few patterns can be compared");
    }

    private static int compare(String pattern, Regex regex, String text) {
        Pattern other;
        try {
            other = Pattern.compile(pattern.replace("$", "\\z"));
        } catch (PatternSyntaxException e) {
            return 0;
        }
        boolean expected = other.matcher(text).find();
        assertEquals(expected, regex.search(text) instanceof Search.Found, () -> pattern + " on '" + text + "'");
        return 1;
    }
}
