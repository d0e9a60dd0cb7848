package dev.outrider.job;

import com.cronutils.mapper.CronMapper;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.integration.Schedule;
import dev.outrider.store.Store;
import dev.outrider.store.StoreException;
import io.quarkus.arc.Unremovable;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Keeps the scheduler's timers equal to the configured integrations. An interval's first run is at once. */
@ApplicationScoped
@Unremovable
public class Schedules {
    private static final Logger LOG = Logger.getLogger(Schedules.class);
    private static final Duration ASKED_LEAST = Duration.ofSeconds(1);
    private static final Duration ASKED_MOST = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final IntegrationRegistry integrations;
    private final CapabilityRegistry classes;
    private final JobRunner jobs;
    private final Store store;
    private final StreamMetrics metrics;
    private final SettingsLog settings = new SettingsLog();
    private final Map<String, Integration> scheduled = new HashMap<>();

    @Inject
    public Schedules(
            Scheduler scheduler,
            IntegrationRegistry integrations,
            CapabilityRegistry classes,
            JobRunner jobs,
            Store store,
            StreamMetrics metrics) {
        this.scheduler = scheduler;
        this.integrations = integrations;
        this.classes = classes;
        this.jobs = jobs;
        this.store = store;
        this.metrics = metrics;
    }

    /** Schedules what is configured now and follows every change. */
    public void start() {
        integrations.onChange(this::follow);
        follow();
        scheduler
                .newJob("integrations-file")
                .setInterval("2s")
                .setDelayed("2s")
                .setTask(run -> attempt("integrations cannot be read", integrations::load))
                .schedule();
    }

    private synchronized void follow() {
        var wanted = new HashMap<String, Integration>();
        integrations.all().forEach(integration -> wanted.put(integration.name(), integration));
        scheduled.entrySet().removeIf(entry -> {
            boolean stale = !entry.getValue().equals(wanted.get(entry.getKey()));
            if (stale) {
                scheduler.unscheduleJob(entry.getKey());
            }
            return stale;
        });
        wanted.values().stream()
                .filter(integration -> !scheduled.containsKey(integration.name()))
                .forEach(this::schedule);
        metrics.show(integrations, classes);
        settings.tell(integrations.all(), classes);
    }

    private void schedule(Integration integration) {
        var schedule = Schedule.parse(integration.schedule()).orElseThrow();
        if (schedule.manual()) {
            return;
        }
        var name = integration.name();
        var job = scheduler.newJob(name).setTask(run -> {
            var at = schedule.every() == null ? run.getScheduledFireTime() : Instant.now();
            attempt(name + " cannot run now", () -> {
                if (store.replica().due(name + " " + integration.schedule(), at, schedule.every())) {
                    tick(name);
                }
            });
        });
        try {
            if (schedule.every() != null) {
                job.setInterval(asked(schedule.every()).toString());
            } else {
                job.setCron(quartz(schedule.cron()));
            }
            job.schedule();
            scheduled.put(name, integration);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "integration %s (%s): schedule '%s' cannot be used, it runs only when asked: %s",
                    name, integration.origin(), schedule.cron(), e.getMessage());
        }
    }

    /** A server of the state that is away for a while is told in a line each time, without a stack. */
    private static void attempt(String failure, Runnable task) {
        try {
            task.run();
        } catch (StoreException e) {
            LOG.warnf("%s: %s", failure, e.getMessage());
        }
    }

    /** How often is asked whether an interval is over: of several replicas each would have begun it at another time. */
    private Duration asked(Duration every) {
        if (!store.replica().shared()) {
            return every;
        }
        var tenth = every.dividedBy(10);
        return tenth.compareTo(ASKED_LEAST) < 0 ? ASKED_LEAST : tenth.compareTo(ASKED_MOST) > 0 ? ASKED_MOST : tenth;
    }

    private void tick(String name) {
        integrations.find(name).ifPresent(integration -> {
            if (jobs.submitIfIdle(integration).isEmpty()) {
                LOG.debugf("%s is still at work, this run is left out", name);
            }
        });
    }

    /** Unix cron has five fields, Quartz six or seven. */
    static String quartz(String cron) {
        if (cron.split("\\s+").length > 5) {
            return cron;
        }
        var unix = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron);
        return CronMapper.fromUnixToQuartz().map(unix).asString();
    }
}
