package dev.outrider.record.normal;

import dev.outrider.record.Draft;
import dev.outrider.record.value.Host;
import dev.outrider.record.value.Keys;
import dev.outrider.record.value.RecordFault;
import dev.outrider.record.value.Urls;
import java.util.List;
import java.util.Set;

/** What is known by a URL, and cloud resources. */
final class WebKinds {
    private static final Set<String> APPLICATION = Common.fields("primaryUrl", "urls", "name");
    private static final Set<String> PAGE = Common.fields("url", "parent", "ssoIdentified");
    private static final Set<String> REPOSITORY = Common.fields("url", "org", "name", "public");
    private static final Set<String> CLOUD = Common.fields(
            "provider",
            "account",
            "resourceId",
            "name",
            "displayName",
            "resourceType",
            "region",
            "ips",
            "urls",
            "properties",
            "labels");

    private WebKinds() {}

    static Draft webApplication(Fields in) {
        var out = Common.start(in, APPLICATION, "webapplication");
        var url = Urls.parse(in.required("primaryUrl"), in.name("primaryUrl"));
        out.put("primaryUrl", url.toString());
        Common.set(in, out, "urls", text -> Urls.parse(text, in.name("urls")).toString());
        Common.texts(in, out, "name");
        return Common.finish(in, Keys.webApplication(url.toString()), out, List.of(url.host()));
    }

    static Draft webPage(Fields in) {
        var out = Common.start(in, PAGE, "webpage");
        var url = Urls.parse(in.required("url"), in.name("url"));
        out.put("url", url.toString());
        var parent = in.object("parent");
        if (parent != null) {
            out.set("parent", in.memo().reference(parent, in.name("parent")).node());
        }
        var sso = in.get("ssoIdentified");
        if (sso != null) {
            out.set("ssoIdentified", sso);
        }
        return Common.finish(in, Keys.webPage(url.toString()), out, List.of(url.host()));
    }

    static Draft repository(Fields in) {
        var out = Common.start(in, REPOSITORY, "repository");
        var url = Urls.repository(in.required("url"), in.name("url"));
        var name = Reference.repositoryName(in, url);
        out.put("url", url.toString());
        out.put("name", name);
        var org = in.text("org");
        Common.put(out, "org", org == null ? organization(url) : org);
        out.put("selfHosted", url.selfHosted());
        var isPublic = in.get("public");
        if (isPublic != null) {
            out.set("public", isPublic);
        }
        return Common.finish(in, Keys.repository(url.toString(), name), out, List.of());
    }

    /** The path's part before the name; Azure DevOps has project and _git between. */
    private static String organization(Urls url) {
        var parts = url.path().split("/");
        int at = url.host().text().equals("dev.azure.com") ? parts.length - 4 : parts.length - 2;
        return at > 0 ? parts[at] : null;
    }

    static Draft cloudResource(Fields in) {
        var type = in.text("resourceType");
        var out = Common.start(in, CLOUD, type == null ? "Unknown" : type);
        var cloud = CloudId.of(in);
        out.put("provider", cloud.provider());
        out.put("account", cloud.account());
        out.put("resourceId", cloud.resourceId());
        out.put("resourceType", type == null ? "Unknown" : type);
        Common.texts(in, out, "name", "displayName", "region");
        Common.set(in, out, "ips", text -> address(in, text).text());
        Common.set(in, out, "urls", text -> url(in, text));
        Common.object(in, out, "properties");
        Common.set(in, out, "labels", label -> label);
        return Common.finish(in, cloud.key(), out, List.of());
    }

    private static Host address(Fields in, String text) {
        var host = in.memo().host(text, in.name("ips"));
        if (host.address() == null) {
            throw new RecordFault(in.name("ips"), "holds addresses only");
        }
        return host;
    }

    /** URLs lose query and userinfo, where secrets sit; other schemes, such as {@code s3://}, are left alone. */
    private static String url(Fields in, String text) {
        return text.regionMatches(true, 0, "http", 0, 4)
                ? Urls.parse(text, in.name("urls")).toString()
                : text;
    }
}
