package dev.outrider.file.source;

/** Makes names that anybody may have chosen fit for messages and logs. */
public final class Names {
    private static final int LONGEST = 200;

    private Names() {}

    /** The name with control and format characters made visible, cut to 200 characters. */
    public static String show(String name) {
        var shown = new StringBuilder();
        name.codePoints().limit(LONGEST + 1L).forEach(c -> {
            if (hidden(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.length() <= LONGEST ? shown.toString() : cut(shown);
    }

    private static String cut(StringBuilder shown) {
        int end = Character.isHighSurrogate(shown.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return shown.substring(0, end) + "…";
    }

    private static boolean hidden(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }
}
