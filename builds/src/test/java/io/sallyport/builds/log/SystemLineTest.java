package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SystemLineTest {
    @Test
    void wordsOfAnyLanguageAreShown() {
        assertEquals("tab\there, ümläut 日本 😀", SystemLine.visible("tab\there, ümläut 日本 😀"));
    }

    @Test
    void namesThatOthersChoseStayInTheirLine() {
        assertEquals("ln\\u000ajob build failed", SystemLine.visible("ln\njob build failed"));
        assertEquals("\\u001b[31mred", SystemLine.visible("\u001b[31mred"));
        assertEquals("a\\u202eb\\u2028c", SystemLine.visible("a\u202eb\u2028c"));
    }
}
