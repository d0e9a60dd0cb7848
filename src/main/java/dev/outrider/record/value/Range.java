package dev.outrider.record.value;

/**
 * A network: an address and the number of its bits that count.
 *
 * @param address 4 or 16 bytes, host bits zero
 */
public record Range(byte[] address, int bits) {
    /** The range a text such as {@code 10.0.0.0/8} names, or null. A single address is not a range. */
    public static Range parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1 || text.length() - slash > 4) {
            return null;
        }
        var address = Address.parse(text.substring(0, slash));
        int bits = 0;
        for (int i = slash + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            bits = bits * 10 + (c - '0');
        }
        // An IPv4 network written as ::ffff:a.b.c.d/96+n came out of Address as IPv4.
        if (address != null && address.length == 4 && text.indexOf(':') >= 0) {
            bits -= 96;
        }
        return address == null || bits < 0 || bits > address.length * 8 ? null : of(address, bits);
    }

    public static Range of(byte[] address, int bits) {
        var network = address.clone();
        for (int bit = bits; bit < network.length * 8; bit++) {
            network[bit >> 3] &= (byte) ~(128 >> (bit & 7));
        }
        return new Range(network, bits);
    }

    /** Whether all of the other range lies in this one; a whole address is a range of all its bits. */
    public boolean holds(byte[] other, int otherBits) {
        if (other.length != address.length || otherBits < bits) {
            return false;
        }
        int whole = bits >> 3;
        for (int i = 0; i < whole; i++) {
            if (other[i] != address[i]) {
                return false;
            }
        }
        int rest = bits & 7;
        return rest == 0 || ((other[whole] ^ address[whole]) & (0xff00 >> rest) & 0xff) == 0;
    }

    @Override
    public String toString() {
        return Address.format(address) + "/" + bits;
    }
}
