package dev.outrider.record.normal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.value.Host;
import dev.outrider.record.value.Keys;
import dev.outrider.record.value.RecordFault;
import dev.outrider.record.value.Urls;
import java.util.List;

/**
 * A record that another one points at, keyed in the same way as the record itself.
 *
 * @param group what a risk on it has for its dns
 * @param hosts what the scope filter judges
 * @param node as it is written: kind and key
 */
record Reference(String kind, String key, String group, List<Host> hosts, ObjectNode node) {
    Reference(String kind, String key, String group, List<Host> hosts) {
        this(
                kind,
                key,
                Keys.segment(group),
                hosts,
                JsonNodeFactory.instance.objectNode().put("kind", kind).put("key", key));
    }

    static Reference of(Fields in, String field) {
        return switch (in.kind()) {
            case "asset" -> {
                var pair = HostPair.of(in);
                yield new Reference("asset", pair.key(), pair.dns().text(), pair.hosts());
            }
            case "port" -> {
                var parent = in.memo().reference(in.requiredObject("parent"), in.name("parent"));
                yield new Reference(
                        "port",
                        Keys.port(protocol(in), in.integer("port"), parent.key()),
                        parent.group(),
                        parent.hosts());
            }
            case "webapplication" -> {
                var url = Urls.parse(in.required("primaryUrl"), in.name("primaryUrl"));
                var name = in.text("name");
                yield new Reference(
                        "webapplication",
                        Keys.webApplication(url.toString()),
                        name == null ? url.toString() : name,
                        List.of(url.host()));
            }
            case "webpage" -> {
                var url = Urls.parse(in.required("url"), in.name("url"));
                yield new Reference("webpage", Keys.webPage(url.toString()), url.origin(), List.of(url.host()));
            }
            case "repository" -> {
                var url = Urls.repository(in.required("url"), in.name("url"));
                yield new Reference(
                        "repository",
                        Keys.repository(url.toString(), repositoryName(in, url)),
                        url.toString(),
                        List.of());
            }
            case "cloudresource" -> {
                var cloud = CloudId.of(in);
                yield new Reference("cloudresource", cloud.key(), cloud.account(), List.of());
            }
            case "organization" -> {
                var domain =
                        in.memo().host(in.required("domain"), in.name("domain")).text();
                var name = in.text("name");
                yield new Reference(
                        "organization", Keys.organization(domain, name == null ? domain : name), domain, List.of());
            }
            case "person" -> {
                var email = email(in);
                var name = in.text("name");
                if (email == null && name == null) {
                    throw in.fault("email", "a person has an email or a name");
                }
                yield new Reference("person", Keys.person(email, name), email == null ? name : email, List.of());
            }
            case "generic" -> {
                var group = Keys.segment(in.required("group"));
                yield new Reference(
                        "generic", Keys.generic(group, Keys.segment(in.required("identifier"))), group, List.of());
            }
            case "" -> throw new RecordFault(field, "a reference names its kind");
            default -> throw new RecordFault(field, "nothing points at the kind " + in.kind());
        };
    }

    static String protocol(Fields in) {
        return in.required("protocol").toLowerCase(java.util.Locale.ROOT);
    }

    static String repositoryName(Fields in, Urls url) {
        var name = in.text("name");
        return name == null ? url.path().substring(url.path().lastIndexOf('/') + 1) : name;
    }

    /** The host of an email is folded; what stands before the @ is its owner's business. */
    static String email(Fields in) {
        var email = in.text("email");
        if (email == null) {
            return null;
        }
        int at = email.lastIndexOf('@');
        return at < 0 || at == email.length() - 1
                ? email
                : email.substring(0, at + 1)
                        + in.memo()
                                .host(email.substring(at + 1), in.name("email"))
                                .text();
    }
}
