package dev.outrider.vendor.paging;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Copies of what a class declares for all, to be changed for one use. */
public final class Copies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Copies() {}

    @SuppressWarnings("unchecked")
    public static <T> T of(T declared) {
        return (T) JSON.convertValue(declared, declared.getClass());
    }
}
