package io.sallyport.builds.executor.docker;

/** Bytes as the format of a shell's own {@code printf}, for which an image need have no program that decodes. */
final class TarText {
    private TarText() {}

    /** In quotes; its first byte is never taken for an option's. */
    static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 2).append('\'');
        for (int i = 0; i < bytes.length; i++) {
            int each = bytes[i] & 0xff;
            if (each == 0 && (i + 1 == bytes.length || bytes[i + 1] < '0' || bytes[i + 1] > '7')) {
                text.append("\\0"); // most of a small tar
            } else if (i > 0 && isPlain(each)) {
                text.append((char) each);
            } else {
                text.append('\\').append(Integer.toOctalString(each | 0x200), 1, 4);
            }
        }
        return text.append('\'').toString();
    }

    private static boolean isPlain(int each) {
        return each == '\n' || (each >= ' ' && each < 0x7f && each != '\'' && each != '\\' && each != '%');
    }
}
