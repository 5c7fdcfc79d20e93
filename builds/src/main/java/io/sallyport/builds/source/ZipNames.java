package io.sallyport.builds.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names in a zip (APPNOTE appendix D). UTF-8 where the entry says so, but also where it does not and the bytes are
 * UTF-8, for so macOS writes them; else code page 437. Old programs of Windows part the folders by backslashes: a name
 * of a system without Unix rules that has no slash at all is read that way.
 */
final class ZipNames {
    private static final int SAYS_UTF_8 = 0x0800;

    private static final int FAT = 0;

    private ZipNames() {}

    static String decode(byte[] raw, int flags, int system, ZipExtra extra) throws Unacceptable {
        String name = text(raw, flags, extra);
        return system == FAT && name.indexOf('/') < 0 ? name.replace('\\', '/') : name;
    }

    private static String text(byte[] raw, int flags, ZipExtra extra) throws Unacceptable {
        Optional<String> unicode = extra.unicodeName(raw);
        if (unicode.isPresent()) {
            return unicode.get();
        }
        if ((flags & SAYS_UTF_8) != 0) {
            return Names.name(raw);
        }
        // A runtime trimmed by jlink may lack the code page.
        return Names.utf8(raw)
                .orElseGet(() -> Charset.isSupported("IBM437")
                        ? new String(raw, Charset.forName("IBM437"))
                        : new String(raw, StandardCharsets.ISO_8859_1));
    }
}
