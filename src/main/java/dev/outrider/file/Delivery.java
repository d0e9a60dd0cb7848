package dev.outrider.file;

import dev.outrider.file.source.SourceFile;
import dev.outrider.record.Page;

/**
 * A page and the file it comes from.
 *
 * @param failed whether anything of the file so far could not be read
 * @param loss whether the stream lacks something because of the page's faults
 */
record Delivery(Page page, SourceFile file, boolean failed, boolean loss) {}
