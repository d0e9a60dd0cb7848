package dev.outrider.record.normal;

import dev.outrider.record.Draft;
import dev.outrider.record.value.Cpe;
import dev.outrider.record.value.Keys;
import java.util.List;
import java.util.Set;

/** Assets and what is found on them. */
final class HostKinds {
    private static final Set<String> ASSET = Common.fields("dns", "name");
    private static final Set<String> PORT = Common.fields("protocol", "port", "service", "parent");
    private static final Set<String> TECHNOLOGY = Common.fields("cpe", "name", "target");
    private static final Set<String> ATTRIBUTE = Common.fields("name", "value", "parent", "metadata");

    private HostKinds() {}

    /** The class of an asset is worked out, whatever the mapping says: it tells what the name is. */
    static Draft asset(Fields in) {
        var pair = HostPair.of(in);
        var out = Common.start(in, ASSET, "");
        out.put("class", pair.name().kind());
        out.put("dns", pair.dns().text());
        out.put("name", pair.name().text());
        out.put("private", pair.isPrivate());
        return Common.finish(in, pair.key(), out, pair.hosts());
    }

    static Draft port(Fields in) {
        var out = Common.start(in, PORT, "port");
        var parent = in.memo().reference(in.requiredObject("parent"), in.name("parent"));
        var protocol = Reference.protocol(in);
        int port = in.integer("port");
        out.put("protocol", protocol);
        out.put("port", port);
        Common.texts(in, out, "service");
        out.set("parent", parent.node());
        return Common.finish(in, Keys.port(protocol, port, parent.key()), out, parent.hosts());
    }

    static Draft technology(Fields in) {
        var out = Common.start(in, TECHNOLOGY, "technology");
        var cpe = Cpe.normalise(in.required("cpe"), in.name("cpe"));
        out.put("cpe", cpe);
        Common.texts(in, out, "name");
        var target = in.object("target");
        if (target == null) {
            return Common.finish(in, Keys.technology(cpe), out, List.of());
        }
        var reference = in.memo().reference(target, in.name("target"));
        out.set("target", reference.node());
        return Common.finish(in, Keys.technology(cpe), out, reference.hosts());
    }

    static Draft attribute(Fields in) {
        var out = Common.start(in, ATTRIBUTE, "attribute");
        var name = in.required("name");
        var value = in.required("value");
        var parent = in.memo().reference(in.requiredObject("parent"), in.name("parent"));
        out.put("name", name);
        out.put("value", value);
        out.set("parent", parent.node());
        Common.object(in, out, "metadata");
        return Common.finish(in, Keys.attribute(name, value, parent.key()), out, parent.hosts());
    }
}
