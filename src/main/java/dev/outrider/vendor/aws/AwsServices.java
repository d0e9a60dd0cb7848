package dev.outrider.vendor.aws;

import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.inspector2.Inspector2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlBaseClientBuilder;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The services whose operations routes can name. */
enum AwsServices {
    APIGATEWAY(ApiGatewayClient.class, ApiGatewayClient::builder),
    APIGATEWAYV2(ApiGatewayV2Client.class, ApiGatewayV2Client::builder),
    CLOUDFRONT(CloudFrontClient.class, CloudFrontClient::builder),
    EC2(Ec2Client.class, Ec2Client::builder),
    ECR(EcrClient.class, EcrClient::builder),
    EKS(EksClient.class, EksClient::builder),
    ELASTICLOADBALANCING(ElasticLoadBalancingClient.class, ElasticLoadBalancingClient::builder),
    ELASTICLOADBALANCINGV2(ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder),
    INSPECTOR2(Inspector2Client.class, Inspector2Client::builder),
    LAMBDA(LambdaClient.class, LambdaClient::builder),
    ORGANIZATIONS(OrganizationsClient.class, OrganizationsClient::builder),
    RDS(RdsClient.class, RdsClient::builder),
    ROUTE53(Route53Client.class, Route53Client::builder),
    S3(S3Client.class, S3Client::builder),
    S3CONTROL(S3ControlClient.class, S3ControlClient::builder),
    SECURITYHUB(SecurityHubClient.class, SecurityHubClient::builder),
    STS(StsClient.class, StsClient::builder);

    private static final Map<String, AwsServices> BY_NAME = java.util.Arrays.stream(values())
            .collect(java.util.stream.Collectors.toMap(
                    one -> one.name().toLowerCase(java.util.Locale.ROOT), one -> one));

    private static final Set<AwsServices> GLOBAL = EnumSet.of(CLOUDFRONT, ROUTE53, S3);

    private final Class<? extends SdkClient> type;
    private final Supplier<AwsClientBuilder<?, ?>> builder;

    AwsServices(Class<? extends SdkClient> type, Supplier<AwsClientBuilder<?, ?>> builder) {
        this.type = type;
        this.builder = builder;
    }

    static Class<? extends SdkClient> type(String service) {
        return of(service).type;
    }

    /** @param endpoint that answers for all services; null for those of AWS */
    static AwsClientBuilder<?, ?> builder(String service, URI endpoint) {
        var builder = of(service).builder.get();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
            if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
                s3.forcePathStyle(true);
            } else if (builder instanceof S3ControlBaseClientBuilder<?, ?> control) {
                // Its own rules put the account's number before the host, which an address cannot take.
                var there = Endpoint.builder().url(endpoint).build();
                control.endpointProvider(asked -> CompletableFuture.completedFuture(there));
            }
        }
        return builder;
    }

    /** Whether AWS lists the service for the region. Of regions newer than the SDK that is not known, and they count as without it. */
    static boolean in(String region, String service) {
        try {
            var metadata =
                    (ServiceMetadata) type(service).getMethod("serviceMetadata").invoke(null);
            return metadata.regions().contains(Region.of(region));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the client of " + service + " does not tell its regions", e);
        }
    }

    /** Whether what it lists is the account's, whichever region is asked: it has one endpoint for all, or lists all regions' at each. */
    static boolean global(String service) {
        return GLOBAL.contains(of(service));
    }

    private static AwsServices of(String service) {
        var known = BY_NAME.get(service);
        if (known == null) {
            throw new IllegalArgumentException(
                    "aws-api: there is no service " + service + ", known are " + new TreeSet<>(BY_NAME.keySet()));
        }
        return known;
    }
}
