package dev.outrider.record.value;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import org.apache.http.conn.util.DomainType;
import org.apache.http.conn.util.PublicSuffixMatcher;
import org.apache.http.conn.util.PublicSuffixMatcherLoader;

/**
 * A host in its one spelling: lower case, punycode, no final dot, canonical address.
 *
 * @param text as it stands in records and keys
 * @param address its bytes where it is an address or a range, else null
 * @param bits how many bits of the address count; below the address's own number for a range
 */
public record Host(String text, byte[] address, int bits) {
    private static final List<Range> PRIVATE = List.of(
            Range.parse("10.0.0.0/8"),
            Range.parse("172.16.0.0/12"),
            Range.parse("192.168.0.0/16"),
            Range.parse("fc00::/7"));

    /** @throws RecordFault where the text cannot be a host */
    public static Host of(String raw, String field) {
        var text = raw.strip();
        var address = Address.parse(text);
        if (address != null) {
            return new Host(Address.format(address), address, address.length * 8);
        }
        var range = text.indexOf('/') > 0 ? Range.parse(text) : null;
        if (range != null) {
            return new Host(range.toString(), range.address(), range.bits());
        }
        return new Host(name(text, field), null, 0);
    }

    private static String name(String text, String field) {
        boolean ascii = true;
        boolean plain = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 127 || Character.isWhitespace(c)) {
                throw new RecordFault(field, "a host holds no blanks and no control characters");
            }
            ascii &= c < 128;
            plain &= c < 128 && (c < 'A' || c > 'Z') && c != '#';
        }
        var name = text;
        if (!ascii) {
            name = punycode(name);
        }
        if (!plain) {
            // '#' parts a key: trap F13.
            name = name.toLowerCase(Locale.ROOT).replace('#', '_');
        }
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        if (end == 0) {
            throw new RecordFault(field, "an empty host");
        }
        return name.substring(0, end);
    }

    private static String punycode(String name) {
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            // No lawful DNS name, yet it is what the vendor calls the host: folded, it is still one name.
            return name;
        }
    }

    public boolean isAddress() {
        return address != null && bits == address.length * 8;
    }

    public boolean isRange() {
        return address != null && bits < address.length * 8;
    }

    public boolean in(List<Range> ranges) {
        if (address != null) {
            for (var range : ranges) {
                if (range.holds(address, bits)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** RFC 1918 or unique local. */
    public boolean isPrivate() {
        return in(PRIVATE);
    }

    /**
     * ipv4, ipv6, cidr, tld (the root that one registers under an ICANN suffix) or domain. A name below a private suffix, such as a
     * user's page at a hoster, is no tld.
     */
    public String kind() {
        if (address != null) {
            return isRange() ? "cidr" : address.length == 4 ? "ipv4" : "ipv6";
        }
        return text.indexOf('.') > 0 && text.equals(Suffixes.LIST.getDomainRoot(text, DomainType.ICANN))
                ? "tld"
                : "domain";
    }

    private static final class Suffixes {
        /** Read from the client's jar on first use, never from the network. */
        static final PublicSuffixMatcher LIST = PublicSuffixMatcherLoader.getDefault();
    }
}
