package dev.outrider.file.source;

import dev.outrider.integration.Integration;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * An integration's settings of a file source, with their defaults.
 *
 * @param folder null where a bucket is set
 * @param ownFolder whether the folder is Outrider's own inbox, made where missing
 * @param bucket null where a folder is read
 * @param endpoint null for the vendor's own
 * @param queueUrl queue that is told of new objects, null where the bucket is listed on schedule
 * @param visibility for how long a received message is hidden from other readers, unless renewed
 * @param move whether collected files of a folder are moved away
 * @param quiet how long a file must not have changed before it is taken
 * @param patience how long a run waits for files that are still being written, in all
 * @param lookBack how far behind the newest object known a bucket is still searched for others
 * @param remember how long a folder's collected files are remembered after they went away
 * @param maxFileBytes a larger file is refused
 */
public record SourceSettings(
        Path folder,
        boolean ownFolder,
        String bucket,
        String prefix,
        String region,
        URI endpoint,
        boolean pathStyle,
        URI queueUrl,
        Duration visibility,
        boolean move,
        Duration quiet,
        Duration patience,
        Duration lookBack,
        Duration remember,
        long maxFileBytes) {
    private static final long GIGABYTE = 1_000_000_000L;

    /**
     * @param data folder of Outrider's own files, in which the default inbox lies
     * @throws RunException {@code settings.invalid}, naming the setting
     */
    public static SourceSettings of(Integration integration, Path data) {
        var read = new Reader(integration);
        var folder = read.text("folder");
        var bucket = read.text("bucket");
        if (folder != null && bucket != null) {
            throw read.invalid("folder", "and 'bucket' are both set: keep the one to read from");
        }
        var endpoint = read.address("endpoint", "https://s3.example.com");
        var queueUrl = read.address("queueUrl", "https://sqs.eu-west-1.amazonaws.com/123456789012/scans");
        if (queueUrl != null && bucket == null) {
            throw read.invalid("queueUrl", "needs 'bucket', whose events it carries");
        }
        var visibility = read.seconds("visibilitySecs", "120");
        if (visibility.toSeconds() < 1) {
            throw read.invalid("visibilitySecs", "is at least 1");
        }
        return new SourceSettings(
                bucket != null ? null : folder == null ? data.resolve("inbox") : read.path(folder),
                folder == null && bucket == null,
                bucket,
                integration.setting("prefix", ""),
                read.text("region"),
                endpoint,
                read.flag("pathStyle", endpoint != null),
                queueUrl,
                visibility,
                read.move(),
                read.seconds("quietSecs", "2"),
                read.seconds("waitSecs", "60"),
                read.duration("lookBack", "P7D"),
                read.duration("remember", "P90D"),
                read.bytes("maxFileBytes", 20 * GIGABYTE));
    }

    private record Reader(Integration integration) {
        RunException invalid(String setting, String why) {
            return new RunException(RunError.of(
                    "settings.invalid",
                    "integration " + integration.name() + ": setting '" + setting + "' " + why,
                    false));
        }

        String text(String key) {
            var value = integration.setting(key, null);
            return value == null || value.isBlank() ? null : value.strip();
        }

        Path path(String folder) {
            try {
                return Path.of(folder);
            } catch (InvalidPathException e) {
                throw invalid("folder", "is no path of this machine");
            }
        }

        URI address(String key, String example) {
            var value = text(key);
            if (value == null) {
                return null;
            }
            try {
                var uri = URI.create(value);
                if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                    return uri;
                }
            } catch (IllegalArgumentException e) {
                throw invalid(key, "is no address: give one such as " + example);
            }
            throw invalid(key, "needs a scheme and a host, such as " + example);
        }

        boolean flag(String key, boolean fallback) {
            var value = text(key);
            if (value == null) {
                return fallback;
            }
            if (!value.equals("true") && !value.equals("false")) {
                throw invalid(key, "is true or false");
            }
            return value.equals("true");
        }

        boolean move() {
            return switch (integration.setting("after", "move")) {
                case "move" -> true;
                case "leave" -> false;
                default -> throw invalid("after", "is move (to processed/) or leave");
            };
        }

        Duration seconds(String key, String fallback) {
            try {
                var value = new BigDecimal(integration.setting(key, fallback));
                if (value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(86_400)) <= 0) {
                    return Duration.ofMillis(value.movePointRight(3).longValue());
                }
            } catch (NumberFormatException e) {
                throw invalid(key, "is a number of seconds, such as 2 or 0.5");
            }
            throw invalid(key, "is a number of seconds from 0 to 86400");
        }

        Duration duration(String key, String fallback) {
            try {
                var value = Duration.parse(integration.setting(key, fallback));
                if (!value.isNegative()) {
                    return value;
                }
            } catch (DateTimeParseException e) {
                throw invalid(key, "is an ISO 8601 duration, such as P7D or PT12H");
            }
            throw invalid(key, "must not be negative");
        }

        long bytes(String key, long fallback) {
            long value = integration.setting(key, fallback);
            if (value <= 0) {
                throw invalid(key, "is a number of bytes above 0");
            }
            return value;
        }
    }
}
