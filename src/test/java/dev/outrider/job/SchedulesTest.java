package dev.outrider.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SchedulesTest {
    @Test
    void turnsUnixCronIntoQuartz() {
        assertThat(Schedules.quartz("0 2 * * *")).isEqualTo("0 0 2 * * ? *");
        assertThat(Schedules.quartz("*/5 * * * 1")).isEqualTo("0 */5 * ? * 2 *");
    }

    @Test
    void leavesQuartzAsItIs() {
        assertThat(Schedules.quartz("0 0/5 * * * ?")).isEqualTo("0 0/5 * * * ?");
    }

    @Test
    void refusesAnHourThatDoesNotExist() {
        assertThatThrownBy(() -> Schedules.quartz("0 25 * * *")).hasMessageContaining("25");
    }
}
