package dev.outrider.vendor;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Decides which addresses a vendor call may dial: public ones only, unless the operator allows the rest. It stands where names are
 * resolved, so the address that was judged is the address that is dialled, whatever a name server says a second later.
 */
public final class EgressGuard {
    public static final String CODE = "egress.refused";

    private final boolean allowPrivate;

    /** @param allowPrivate whether private, loopback, link-local and metadata addresses may be dialled too */
    public EgressGuard(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /**
     * The addresses of the host that may be dialled.
     *
     * @throws RunException with code {@link #CODE} where the host has none such
     */
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var all = InetAddress.getAllByName(host);
        if (allowPrivate) {
            return all;
        }
        var open = Arrays.stream(all).filter(EgressGuard::isPublic).toArray(InetAddress[]::new);
        if (open.length == 0) {
            throw new RunException(RunError.of(
                    CODE,
                    host + " leads to the private address " + all[0].getHostAddress()
                            + ", which vendor calls may not reach: correct the address, or set OUTRIDER_ALLOW_PRIVATE=true",
                    false));
        }
        return open;
    }

    /** Whether the address is neither private nor loopback, link-local, metadata, shared, multicast or reserved. */
    public static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        var bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes, 0) : isPublic6((Inet6Address) address, bytes);
    }

    private static boolean isPublic4(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        int third = bytes[at + 2] & 0xff;
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean protocol = first == 192 && second == 0 && third == 0;
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        boolean link = first == 169 && second == 254;
        boolean own = first == 10 || first == 172 && (second & 0xf0) == 16 || first == 192 && second == 168;
        return first != 0 && first != 127 && first < 224 && !shared && !protocol && !benchmark && !link && !own;
    }

    /** An IPv6 address may carry an IPv4 one that a translator or tunnel would dial. */
    private static boolean isPublic6(Inet6Address address, byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) {
            return false;
        }
        if (address.isIPv4CompatibleAddress()) {
            return isPublic4(bytes, 12);
        }
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return isPublic4(bytes, 2);
        }
        boolean translated =
                bytes[0] == 0x00 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        return !translated || isPublic4(bytes, 12);
    }
}
