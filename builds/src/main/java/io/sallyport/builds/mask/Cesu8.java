package io.sallyport.builds.mask;

import java.io.ByteArrayOutputStream;

/** UTF-8, but for characters beyond U+FFFF: of these both UTF-16 units are written as if they were characters. */
final class Cesu8 {
    private Cesu8() {}

    /** The bytes of one unit. */
    static int[] unit(int unit) {
        if (unit < 0x80) {
            return new int[] {unit};
        }
        if (unit < 0x800) {
            return new int[] {0xc0 | unit >> 6, 0x80 | (unit & 0x3f)};
        }
        return new int[] {0xe0 | unit >> 12, 0x80 | (unit >> 6 & 0x3f), 0x80 | (unit & 0x3f)};
    }

    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        text.chars().forEach(unit -> {
            for (int each : unit(unit)) {
                bytes.write(each);
            }
        });
        return bytes.toByteArray();
    }
}
