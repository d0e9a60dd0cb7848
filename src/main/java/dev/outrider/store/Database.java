package dev.outrider.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * What the state is kept in.
 *
 * @param flyway brings its schema up to date
 * @param shared whether several processes may use it at once
 */
public record Database(DataSource source, Flyway flyway, boolean shared) {}
