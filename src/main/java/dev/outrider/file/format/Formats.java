package dev.outrider.file.format;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Opens a scanner file by what is in it; names and extensions count for nothing. */
public final class Formats {
    /** Asked in this order. A new format is one class and one name here. */
    private static final List<ScanFormat> DOCUMENTS = List.of(new NessusXml(), new NmapXml(), new NexposeXml());

    private static final List<ScanFormat> KNOWN = with(new NessusCsv());

    private Formats() {}

    private static List<ScanFormat> with(ScanFormat... tables) {
        return Stream.concat(DOCUMENTS.stream(), Stream.of(tables)).toList();
    }

    /**
     * @param name what messages call the file
     * @param map how tables and JSON are to be read, whoever made them; null where only what is known is read
     * @throws ScanException where no item can be had of it: {@code file.empty}, {@code file.unwritten}, {@code file.unknown_format}, {@code file.nessus_v1},
     *     {@code file.csv_columns}, {@code file.cut}, …
     */
    public static ScanReader open(Path file, String name, Limits limits, TableMap map)
            throws ScanException, IOException {
        List<ScanFormat> formats = map == null ? KNOWN : with(new MappedJson(map), new MappedCsv(map));
        Content content = new FileContent(file, name);
        Head head = Head.of(content);
        if (ZipEntryContent.isZip(head)) {
            return new ZipScanReader(file, name, limits, formats);
        }
        try {
            if (GzipContent.is(head)) {
                content = new GzipContent(content, limits);
                head = Head.of(content);
            }
            return openPlain(content, head, limits, formats);
        } catch (ScanIOException e) {
            throw e.fault();
        } catch (ZipException e) {
            throw Faults.ofStream(e, name);
        }
    }

    static ScanReader openPlain(Content content, Head head, Limits limits, List<ScanFormat> formats)
            throws ScanException, IOException {
        String name = content.name();
        if (GzipContent.is(head) || ZipEntryContent.isZip(head)) {
            throw new ScanException(
                    "file.nested_archive", name + ": an archive inside an archive is not opened; send what is in it");
        }
        if (head.empty() || head.unwritten()) {
            throw head.cut() ? Faults.cut(name, "", null) : nothing(head, name);
        }
        for (ScanFormat format : formats) {
            if (format.recognises(head)) {
                return format.open(content, head, limits);
            }
        }
        throw head.cut() ? Faults.cut(name, "", null) : refusal(head, name, formats);
    }

    private static ScanException nothing(Head head, String name) {
        return head.unwritten()
                ? new ScanException(
                        "file.unwritten",
                        name + ": the file " + (head.whole() ? "holds" : "begins with") + " nothing but NUL bytes or"
                                + " other control characters, as one does that was made and never written; transfer it"
                                + " again")
                : new ScanException("file.empty", name + ": the file is empty");
    }

    private static ScanException refusal(Head head, String name, List<ScanFormat> formats) {
        for (ScanFormat format : formats) {
            ScanException refusal = format.refusal(head, name);
            if (refusal != null) {
                return refusal;
            }
        }
        if (head.cutBeforeRoot()) {
            return Faults.cut(name, ": before the root element", null);
        }
        String what = head.xmlRoot() != null
                ? "XML with the root element " + head.xmlRoot()
                : head.looksLikeXml()
                        ? "something like XML without a readable root element"
                        : "no format that is known";
        return new ScanException("file.unknown_format", name + ": " + what + "; known are " + known(formats));
    }

    private static String known(List<ScanFormat> formats) {
        return String.join(", ", formats.stream().map(ScanFormat::id).toList()) + ", plain or in gzip or zip";
    }

    private record FileContent(Path file, String name) implements Content {
        @Override
        public InputStream open() throws IOException {
            return new FileInputStream(file.toFile());
        }
    }
}
