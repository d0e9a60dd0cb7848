package dev.outrider.record.value;

/** What is wrong with one record: its item becomes a dead letter. Carries no stack, since bad items may come by the hundred thousand. */
public class RecordFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param field the record's kind and field, as {@code asset.name} */
    public RecordFault(String field, String message) {
        super(field + ": " + message, null, false, false);
    }
}
