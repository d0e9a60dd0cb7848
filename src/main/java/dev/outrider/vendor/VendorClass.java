package dev.outrider.vendor;

import dev.outrider.vendor.export.ExportSpec;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.spec.HttpSpec;

/** What the engine must know of a class to call its API. The class's descriptor bean is one. */
public interface VendorClass {
    HttpSpec getHttp();

    /** What all its listings have in common. */
    PageSpec getPages();

    /** What all its exports have in common. */
    ExportSpec getExports();
}
