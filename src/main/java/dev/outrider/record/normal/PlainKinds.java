package dev.outrider.record.normal;

import dev.outrider.record.Draft;
import dev.outrider.record.value.Keys;
import dev.outrider.record.value.Names;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** People, organizations, files, and what fits no other kind. */
final class PlainKinds {
    private static final Set<String> PERSON =
            Common.fields("name", "email", "title", "phone", "organization", "location");
    private static final Set<String> ORGANIZATION = Common.fields("domain", "name");
    private static final Set<String> FILE = Common.fields("path", "bytes", "overwrite", "role");
    private static final Set<String> GENERIC = Common.fields("group", "identifier");

    private PlainKinds() {}

    static Draft person(Fields in) {
        var out = Common.start(in, PERSON, "person");
        var email = Reference.email(in);
        var name = in.text("name");
        if (email == null && name == null) {
            throw in.fault("email", "a person has an email or a name");
        }
        Common.put(out, "email", email);
        out.put("name", name == null ? email : name);
        Common.texts(in, out, "title", "phone", "organization", "location");
        return Common.finish(in, Keys.person(email, name), out, List.of());
    }

    static Draft organization(Fields in) {
        var out = Common.start(in, ORGANIZATION, "organization");
        var domain = in.memo().host(in.required("domain"), in.name("domain")).text();
        var name = in.text("name");
        out.put("domain", domain);
        out.put("name", name == null ? domain : name);
        return Common.finish(in, Keys.organization(domain, name == null ? domain : name), out, List.of());
    }

    static Draft file(Fields in) {
        var out = Common.start(in, FILE, "file");
        var path = in.required("path");
        out.put("path", path);
        out.put("bytes", bytes(in));
        out.put("overwrite", in.get("overwrite") == null || in.get("overwrite").asBoolean());
        Common.texts(in, out, "role");
        return Common.finish(in, Keys.file(path), out, List.of());
    }

    private static String bytes(Fields in) {
        var bytes = in.get("bytes");
        if (bytes == null || bytes.isContainerNode()) {
            throw in.fault("bytes", "a text is due");
        }
        try {
            return bytes.isBinary() ? Names.bytes(bytes.binaryValue()) : Names.bytes(bytes.asText());
        } catch (IOException e) {
            throw in.fault("bytes", "cannot be read: " + e.getMessage());
        }
    }

    static Draft generic(Fields in) {
        var out = Common.start(in, GENERIC, "generic");
        var group = Keys.segment(in.required("group"));
        var identifier = Keys.segment(in.required("identifier"));
        out.put("group", group);
        out.put("identifier", identifier);
        return Common.finish(in, Keys.generic(group, identifier), out, List.of());
    }
}
