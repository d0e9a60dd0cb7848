package dev.outrider.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.vendor.export.ExportSpec;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.spec.HttpSpec;
import java.util.Optional;
import java.util.function.Predicate;

/** What the engine must know of a class to call its API. The class's descriptor bean is one. */
public interface VendorClass {
    HttpSpec getHttp();

    /** What all its listings have in common. */
    PageSpec getPages();

    /** What all its exports have in common. */
    ExportSpec getExports();

    /** Which objects of a stream come with the vendor's events too; empty where none do. */
    Optional<Predicate<JsonNode>> brought(String stream);
}
