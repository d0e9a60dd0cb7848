package dev.outrider.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What a refusal means: a region that is off, one that a policy shuts, a service that is not there, or a permission that lacks. */
class AwsErrorsTest {
    private static final AwsCall CALL = AwsCall.of("ec2/describeInstances");

    private static AwsServiceException refused(String code, String message, int status) {
        return Ec2Exception.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .message(message)
                .statusCode(status)
                .build();
    }

    @Test
    void tellsARegionThatAPolicyShutsFromAPermissionThatLacks() {
        var shut = refused(
                "UnauthorizedOperation",
                "You are not authorized to perform this operation with an explicit deny in a service control policy",
                403);
        var lacking = refused("UnauthorizedOperation", "no identity-based policy allows ec2:DescribeInstances", 403);

        assertThat(AwsErrors.absence(shut, CALL, "eu-west-1")).isEqualTo("region_denied_by_policy");
        assertThat(AwsErrors.absence(lacking, CALL, "eu-west-1")).isNull();
        assertThat(AwsErrors.of(lacking, CALL, "").error().code()).isEqualTo("vendor.forbidden");
        assertThat(AwsErrors.of(lacking, CALL, "").error().message()).contains("ec2:DescribeInstances");
    }

    @Test
    void takesARefusalWithoutAReadableCodeByItsStatus() {
        assertThat(AwsErrors.denied(refused(null, "<Error/>", 403))).isTrue();
        assertThat(AwsErrors.denied(refused("SignatureDoesNotMatch", "no", 403)))
                .isFalse();
        assertThat(AwsErrors.of(refused(null, "<Error/>", 404), CALL, "")
                        .error()
                        .message())
                .contains("HTTP 404")
                .doesNotContain("null");
    }

    @Test
    void tellsARegionThatIsNotOptedIntoFromCredentialsThatAreWrong() {
        assertThat(AwsErrors.regionOff(refused("OptInRequired", "not subscribed", 401)))
                .isTrue();
        assertThat(AwsErrors.regionOff(refused("AuthFailure", "not able to validate", 401)))
                .isTrue();
        assertThat(AwsErrors.regionOff(refused("UnauthorizedOperation", "no", 403)))
                .isFalse();
        assertThat(AwsErrors.of(refused("AuthFailure", "not able to validate", 401), CALL, "")
                        .error()
                        .code())
                .isEqualTo("vendor.unauthorized");
    }

    @Test
    void tellsAServiceThatARegionLacksFromOneThatIsNotUsedAndFromAnOutage() {
        var findings = AwsCall.of("inspector2/listFindings");
        var unknown = SdkClientException.create("no", new UnknownHostException("no such name"));

        assertThat(AwsErrors.absence(unknown, findings, "xx-nowhere-1")).isEqualTo("service_not_in_region");
        assertThat(AwsErrors.absence(unknown, findings, "eu-west-1"))
                .as("the service is there, so its name must be too")
                .isNull();
        assertThat(AwsErrors.of(unknown, findings, "").error().retryable()).isTrue();
        assertThat(AwsErrors.absence(
                        refused("InvalidAccessException", "not subscribed to Security Hub", 401), CALL, "eu-west-1"))
                .isEqualTo("service_not_used");
        assertThat(AwsErrors.absence(refused("InternalError", "again", 500), CALL, "eu-west-1"))
                .isNull();
    }
}
