package dev.outrider.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a job should do.
 *
 * @param streams the streams to collect; empty for all
 * @param full whether to ignore cursors
 * @param event what names the objects to collect (an S3 notification); null for everything that is due
 */
public record JobRequest(List<String> streams, boolean full, JsonNode event) {
    public static final JobRequest ALL = new JobRequest(List.of(), false, null);
}
