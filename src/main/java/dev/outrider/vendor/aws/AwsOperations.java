package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** Calls an operation of an SDK client by its name, so that which operations a class uses stands in its routes. */
final class AwsOperations {
    private static final Map<String, Method> METHODS = new ConcurrentHashMap<>();

    private AwsOperations() {}

    /** @throws IllegalArgumentException where there is no such service or operation */
    static void check(AwsCall call) {
        method(call);
    }

    /** The classes of an operation's request and of its answer. */
    record Types(Class<?> request, Class<?> answer) {}

    static Types types(AwsCall call) {
        var method = method(call);
        return new Types(method.getParameterTypes()[0], method.getReturnType());
    }

    /**
     * @param request members by their names
     * @throws software.amazon.awssdk.core.exception.SdkException as the SDK does
     */
    static ObjectNode call(SdkClient client, AwsCall call, ObjectNode request) {
        var method = method(call);
        try {
            var builder = method.getParameterTypes()[0].getMethod("builder").invoke(null);
            Pojos.fill((SdkPojo) builder, request);
            return Pojos.json((SdkPojo) method.invoke(client, ((Buildable) builder).build()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Method method(AwsCall call) {
        return METHODS.computeIfAbsent(call.name(), name -> {
            var client = AwsServices.type(call.service());
            return named(client, call.operation())
                    .or(() -> sought(client, call.operation()))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "aws-api: service " + call.service() + " has no operation " + call.operation()));
        });
    }

    /** By the request, which is named after the operation: to look among a client's hundreds of methods loads the classes of all of them. */
    private static Optional<Method> named(Class<?> client, String operation) {
        var request = client.getPackageName() + ".model." + Character.toUpperCase(operation.charAt(0))
                + operation.substring(1) + "Request";
        try {
            return Optional.of(client.getMethod(operation, Class.forName(request, false, client.getClassLoader())));
        } catch (ClassNotFoundException | NoSuchMethodException | NoClassDefFoundError e) {
            // RDS writes DescribeDb where the operation is describeDB; on a file system without case that is the error.
            return Optional.empty();
        }
    }

    private static Optional<Method> sought(Class<?> client, String operation) {
        return Arrays.stream(client.getMethods())
                .filter(one -> one.getName().equals(operation)
                        && one.getParameterCount() == 1
                        && SdkRequest.class.isAssignableFrom(one.getParameterTypes()[0]))
                .findFirst();
    }
}
