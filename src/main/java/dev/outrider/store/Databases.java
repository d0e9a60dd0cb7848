package dev.outrider.store;

import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/** Chooses between SQLite in the data folder and the PostgreSQL that {@code outrider.state.url} names. */
@ApplicationScoped
class Databases {
    private static final String SQLITE = "sqlite";
    private static final String POSTGRESQL = "postgresql";

    @Produces
    @Singleton
    Database database(
            @ConfigProperty(name = "outrider.state.url") Optional<String> url,
            @DataSource(SQLITE) Instance<javax.sql.DataSource> file,
            @FlywayDataSource(SQLITE) Instance<Flyway> fileSchema,
            @DataSource(POSTGRESQL) Instance<javax.sql.DataSource> server,
            @FlywayDataSource(POSTGRESQL) Instance<Flyway> serverSchema) {
        // One that is not used is not even made: without an address it could not be.
        return url.isEmpty()
                ? new Database(file.get(), fileSchema.get(), false)
                : new Database(server.get(), serverSchema.get(), true);
    }
}
