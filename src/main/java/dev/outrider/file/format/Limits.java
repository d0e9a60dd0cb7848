package dev.outrider.file.format;

/**
 * What one scanner file may cost before it is refused: hostile files end here, honest ones never come near.
 *
 * @param maxExpandedBytes bytes after decompression, all entries of an archive together
 * @param maxRatio expanded to compressed bytes, looked at once {@link #RATIO_FROM_BYTES} have come out; deflate reaches about
 *     1000, scans 30 to 60
 * @param maxEntries entries of a zip
 * @param maxTextChars characters of one element or cell; a longer element is cut there, and the cut is counted as a repair; a
 *     longer cell, or an element, name or comment with three times as many more, refuses the file
 * @param maxItemChars characters of one item, all its texts together; what is beyond is left out and counted
 * @param maxAttributeChars characters of one XML attribute; a longer one refuses the file
 * @param maxDepth nested XML elements
 * @param maxNames different XML element and attribute names, which the parser keeps for the whole file
 */
public record Limits(
        long maxExpandedBytes,
        int maxRatio,
        int maxEntries,
        int maxTextChars,
        int maxItemChars,
        int maxAttributeChars,
        int maxDepth,
        int maxNames) {
    /** A small file may compress as well as it likes: expanding it costs nothing. */
    public static final long RATIO_FROM_BYTES = 8L << 20;

    public static Limits defaults() {
        return new Limits(20L << 30, 200, 1000, 8 << 20, 12 << 20, 1 << 20, 64, 20_000);
    }

    public Limits withExpandedBytes(long bytes) {
        return new Limits(
                bytes, maxRatio, maxEntries, maxTextChars, maxItemChars, maxAttributeChars, maxDepth, maxNames);
    }

    public Limits withEntries(int entries) {
        return new Limits(
                maxExpandedBytes, maxRatio, entries, maxTextChars, maxItemChars, maxAttributeChars, maxDepth, maxNames);
    }

    public Limits withTextChars(int text, int item) {
        return new Limits(maxExpandedBytes, maxRatio, maxEntries, text, item, maxAttributeChars, maxDepth, maxNames);
    }
}
