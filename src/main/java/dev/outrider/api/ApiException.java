package dev.outrider.api;

import java.util.List;

/** Ends a request with a problem answer. */
class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final List<String> errors;

    ApiException(int status, String detail, List<String> errors) {
        super(detail);
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    ApiException(int status, String detail) {
        this(status, detail, List.of());
    }

    static ApiException noIntegration(String name) {
        return new ApiException(404, "no integration is named '" + name + "'; see GET /api/integrations");
    }

    int status() {
        return status;
    }

    List<String> errors() {
        return errors;
    }
}
