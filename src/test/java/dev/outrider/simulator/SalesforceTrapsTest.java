package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestKeys;
import dev.outrider.vendor.http.UrlRules;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of Salesforce fell over. */
class SalesforceTrapsTest {
    private static final Map<String, String> SECRETS = Map.of("clientId", "3MVG1", "clientSecret", "s3cr3t");

    private static final String FIRST =
            "{\"done\":false,\"nextRecordsUrl\":\"/services/data/v67.0/query/01gX-2000\",\"records\":[" + user("005A")
                    + "]}";

    /** Answers what is asked besides tokens. */
    @FunctionalInterface
    private interface Data {
        void to(FakeVendor.Asked asked, HttpExchange exchange) throws IOException;
    }

    @TempDir
    Path folder;

    private final FakeVendor instance = new FakeVendor((asked, exchange) -> data().to(asked, exchange));
    private final FakeVendor login = new FakeVendor((asked, exchange) -> token(asked, exchange));
    private Data data = (asked, exchange) -> FakeVendor.json(exchange, 200, done("{\"Id\":\"005A\",\"Name\":\"Ada\"}"));
    private String instanceUrl = instance.url();
    private VendorRig rig;

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
        login.close();
        instance.close();
    }

    @Test
    void callsTheInstanceThatTheTokenReplyNames() {
        load(SECRETS);

        assertThat(rig.collect("users").errors()).isEmpty();

        assertThat(login.targets()).containsExactly("/services/oauth2/token");
        assertThat(login.asked().get(0).body())
                .contains("grant_type=client_credentials", "client_id=3MVG1", "client_secret=s3cr3t");
        assertThat(instance.targets().get(0)).startsWith("/services/data/v67.0/query?q=SELECT%20Id%2CUsername");
        assertThat(instance.asked().get(0).header("Authorization")).isEqualTo("Bearer 00D!1");
    }

    @Test
    void sendsNothingToAnInstanceElsewhere() {
        instanceUrl = "https://elsewhere.example";
        load(SECRETS);

        assertThat(rig.collect("users").errors()).extracting(RunError::code).containsExactly("egress.refused");
        assertThat(login.targets()).containsExactly("/services/oauth2/token");
    }

    @Test
    void isNotLedFromAHostOfItsOwnToSalesforce() {
        instanceUrl = "https://acme.my.salesforce.com";
        load(SECRETS);
        login.answer((asked, exchange) -> {
            if (asked.target().startsWith("/services/oauth2")) {
                token(asked, exchange);
            } else {
                data().to(asked, exchange);
            }
        });

        assertThat(rig.collect("users").errors()).isEmpty();
        assertThat(login.targets()).hasSize(2);
    }

    @Test
    void signsAShortAssertionForTheLoginHost() throws Exception {
        load(Map.of("clientId", "3MVG1", "privateKey", TestKeys.privateKey()));
        rig.with(Map.of("username", "outrider@acme.example"));

        assertThat(rig.collect("users").errors()).isEmpty();

        var form = URLDecoder.decode(login.asked().get(0).body(), StandardCharsets.UTF_8);
        assertThat(form).contains("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer");
        var claims = new ObjectMapper()
                .readTree(Base64.getUrlDecoder()
                        .decode(form.replaceFirst(".*assertion=", "").split("\\.")[1]));
        assertThat(claims.path("iss").asText()).isEqualTo("3MVG1");
        assertThat(claims.path("sub").asText()).isEqualTo("outrider@acme.example");
        assertThat(claims.path("aud").asText()).isEqualTo(login.url());
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isLessThanOrEqualTo(180);
    }

    @Test
    void knowsTheAudienceOfEachKindOfAddress() {
        load(SECRETS);
        var rules =
                rig.capability().descriptor().getHttp().getAuth().getJwtBearer().getAudience();

        assertThat(UrlRules.apply(rules, "https://login.salesforce.com")).isEqualTo("https://login.salesforce.com");
        assertThat(UrlRules.apply(rules, "https://test.salesforce.com")).isEqualTo("https://test.salesforce.com");
        assertThat(UrlRules.apply(rules, "https://acme.my.salesforce.com")).isEqualTo("https://login.salesforce.com");
        assertThat(UrlRules.apply(rules, "https://acme--uat.sandbox.my.salesforce.com"))
                .isEqualTo("https://test.salesforce.com");
    }

    @Test
    void makesTheOrgsAddressOfWhatTheBrowserShows() {
        load(SECRETS);
        var rules = rig.capability().descriptor().getHttp().getUrlRules();

        assertThat(UrlRules.apply(rules, "https://acme.lightning.force.com/lightning/setup"))
                .isEqualTo("https://acme.my.salesforce.com");
        assertThat(UrlRules.apply(rules, "https://acme--uat.sandbox.lightning.force.com"))
                .isEqualTo("https://acme--uat.sandbox.my.salesforce.com");
    }

    @Test
    void tellsWhyNoTokenWasGiven() {
        load(SECRETS);
        login.answer((asked, exchange) -> FakeVendor.json(
                exchange,
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"no client credentials user enabled\"}"));

        var error = rig.collect("users").errors().get(0);

        assertThat(error.code()).isEqualTo("vendor.unauthorized");
        assertThat(error.message())
                .contains("no client credentials user enabled")
                .doesNotContain("s3cr3t");
    }

    @Test
    void asksForOneNewTokenAndNotForEverWhenTheApiIsClosedToTheApp() {
        load(SECRETS);
        answer(
                401,
                "[{\"message\":\"This session is not valid for use with the REST API\",\"errorCode\":\"INVALID_SESSION_ID\"}]");

        assertThat(rig.collect("users").errors().get(0).message()).contains("not valid for use with the REST API");
        assertThat(login.asked()).hasSize(2);
        assertThat(instance.asked()).hasSize(2);
    }

    @Test
    void takesASpentAllowanceForALimitAndNotForALackOfRights() {
        load(SECRETS);
        answer(403, "[{\"message\":\"TotalRequests Limit exceeded.\",\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\"}]");

        var error = rig.collect("users").errors().get(0);

        assertThat(error.code()).isEqualTo("vendor.rate_limited");
        assertThat(error.message()).contains("TotalRequests Limit exceeded");
    }

    @Test
    void namesThePermissionThatTheUserLacks() throws Exception {
        load(SECRETS);
        answer(403, "[{\"message\":\"insufficient access\",\"errorCode\":\"INSUFFICIENT_ACCESS\"}]");

        assertThat(rig.validate().all()).allMatch(check -> !check.ok()).anyMatch(check -> check.detail()
                .contains("grant Customize Application"));
    }

    @Test
    void goesWithoutEventLogFilesWhereTheOrgHasNone() throws Exception {
        load(SECRETS);
        answer(400, "[{\"message\":\"sObject type 'EventLogFile' is not supported.\",\"errorCode\":\"INVALID_TYPE\"}]");

        var run = rig.collect("event-log-files");

        assertThat(run.errors()).isEmpty();
        assertThat(run.counts().reasons()).containsKey("not_offered_400");
        assertThat(rig.validate().all().get(4).ok()).isTrue();
    }

    @Test
    void neverTakesAQueryThatTimedOutForAnEmptyOne() {
        load(SECRETS);
        answer(400, "[{\"message\":\"Your query request was running for too long.\",\"errorCode\":\"QUERY_TIMEOUT\"}]");

        var run = rig.collect("users");

        assertThat(run.isPartial()).isTrue();
        assertThat(run.errors().get(0).message()).contains("running for too long");
        assertThat(rig.cursor("users").has("watermark")).isFalse();
    }

    @Test
    void believesDoneAndNotTheLackOfANextPage() {
        load(SECRETS);
        answer(200, "{\"totalSize\":3,\"done\":false,\"records\":[{\"Id\":\"005A\",\"Name\":\"Ada\"}]}");

        assertThat(rig.collect("users").errors()).extracting(RunError::code).containsExactly("paging.broken");
    }

    @Test
    void goesOnWhereItWasWhenALocatorIsForgotten() {
        load(SECRETS);
        data = (asked, exchange) -> {
            if (asked.target().contains("01gX-2000")) {
                forgotten(exchange);
            } else if (asked.target().contains("2026-11-01")) {
                FakeVendor.json(exchange, 200, done(user("005A"), user("005B")));
            } else {
                FakeVendor.json(exchange, 200, FIRST);
            }
        };

        var run = rig.collect("users");

        assertThat(run.errors()).isEmpty();
        assertThat(instance.targets().get(2)).contains("SystemModstamp%20%3E%3D%202026-11-01T10%3A00%3A00.000Z");
        assertThat(rig.records())
                .extracting(line -> line.at("/data/externalId").asText())
                .containsExactly("005A", "005B");
    }

    @Test
    void givesUpOnAListingThatIsForgottenAgainAndAgain() {
        load(SECRETS);
        data = (asked, exchange) -> {
            if (asked.target().contains("01gX-2000")) {
                forgotten(exchange);
            } else {
                FakeVendor.json(exchange, 200, FIRST);
            }
        };

        assertThat(rig.collect("users").errors()).hasSize(1);
        assertThat(instance.asked()).hasSizeLessThan(12);
        assertThat(rig.records()).hasSize(1);
        assertThat(rig.cursor("users").has("watermark")).isFalse();
    }

    @Test
    void keepsRowsOfOneTimestampApartById() {
        load(SECRETS);
        answer(200, done(user("005A")));
        rig.collect("users");
        answer(200, done(user("005A"), user("005B")));

        var run = rig.collect("users");

        assertThat(run.counts().emitted()).isEqualTo(1);
        assertThat(instance.targets().get(1))
                .contains("SystemModstamp%20%3E%3D%202026-11-01T09%3A50%3A00.000Z%20ORDER%20BY%20SystemModstamp%2CId");
    }

    @Test
    void takesALateFileOfAnOldDay() {
        load(SECRETS);
        var early = file("0AT1", "2026-11-02T06:00:00.000+0000", 1);
        var late = file("0AT2", "2026-11-05T06:00:00.000+0000", 2);
        logFiles(done(early));
        rig.collect("event-log-files");
        logFiles(done(early, late));

        // The file, and the one row that it holds.
        assertThat(rig.collect("event-log-files").counts().emitted()).isEqualTo(2);
    }

    @Test
    void asksAgainForAFileThatIsGoneAndSendsNoOtherTwice() {
        load(SECRETS);
        var listing = done(
                file("0AT1", "2026-11-02T06:00:00.000+0000", 1),
                file("0AT2", "2026-11-03T06:00:00.000+0000", 1),
                file("0AT3", "2026-11-05T06:00:00.000+0000", 1));
        logFiles(listing);
        var there = data;
        data = (asked, exchange) -> {
            if (asked.target().contains("/0AT2/")) {
                FakeVendor.json(exchange, 404, "[]");
            } else {
                there.to(asked, exchange);
            }
        };

        var partial = rig.collect("event-log-files");
        var again = rig.collect("event-log-files");
        data = there;
        var whole = rig.collect("event-log-files");

        assertThat(partial.errors()).extracting(RunError::code).containsExactly("content.gone");
        assertThat(partial.counts().emitted()).isEqualTo(5);
        // The file itself is told of, its row is still missing.
        assertThat(again.errors()).extracting(RunError::code).containsExactly("content.gone");
        assertThat(again.counts().emitted()).isEqualTo(1);
        assertThat(whole.errors()).isEmpty();
        assertThat(whole.counts().emitted()).isEqualTo(2);
        assertThat(rig.cursor("event-log-files").path("watermark").asText()).isEqualTo("2026-11-05T06:00:00Z");
    }

    private void logFiles(String listing) {
        data = (asked, exchange) -> {
            if (asked.target().endsWith("/LogFile")) {
                FakeVendor.send(exchange, 200, "EVENT_TYPE,TIMESTAMP\nLogin,20261101080000.000\n".getBytes());
            } else {
                FakeVendor.json(exchange, 200, listing);
            }
        };
    }

    @Test
    void readsAnErrorPageOfAnOverloadedOrgAsOne() {
        load(SECRETS);
        data = (asked, exchange) -> FakeVendor.send(exchange, 503, "<html>Down for maintenance</html>".getBytes());

        assertThat(rig.collect("users").errors()).extracting(RunError::code).containsExactly("vendor.server_error");
        assertThatThrownBy(() -> rig.validate()).isInstanceOf(RunException.class);
    }

    @Test
    void takesAnIdThatCannotBeOneForNoMember() throws Exception {
        load(SECRETS);
        answer(400, "[{\"message\":\"malformed id nope\",\"errorCode\":\"MALFORMED_ID\"}]");

        assertThat(rig.affiliated("nope")).isFalse();
    }

    private void load(Map<String, String> secrets) {
        rig = new VendorRig(folder, "salesforce", login.url(), secrets);
    }

    private static void forgotten(HttpExchange exchange) throws IOException {
        FakeVendor.json(
                exchange, 400, "[{\"message\":\"invalid query locator\",\"errorCode\":\"INVALID_QUERY_LOCATOR\"}]");
    }

    private Data data() {
        return data;
    }

    private void answer(int status, String body) {
        data = (asked, exchange) -> FakeVendor.json(exchange, status, body);
    }

    private void token(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        FakeVendor.json(
                exchange,
                200,
                "{\"access_token\":\"00D!"
                        + login.targets().stream()
                                .filter("/services/oauth2/token"::equals)
                                .count()
                        + "\",\"instance_url\":\"" + instanceUrl
                        + "\",\"token_type\":\"Bearer\",\"issued_at\":\"1763800000123\"}");
    }

    private static String done(String... records) {
        return "{\"totalSize\":" + records.length + ",\"done\":true,\"records\":[" + String.join(",", records) + "]}";
    }

    private static String user(String id) {
        return "{\"Id\":\"" + id + "\",\"Name\":\"" + id + "\",\"SystemModstamp\":\"2026-11-01T10:00:00.000+0000\"}";
    }

    private static String file(String id, String created, int sequence) {
        return "{\"Id\":\"" + id
                + "\",\"EventType\":\"Login\",\"LogDate\":\"2026-11-01T00:00:00.000+0000\",\"CreatedDate\":\"" + created
                + "\",\"Sequence\":" + sequence + "}";
    }
}
