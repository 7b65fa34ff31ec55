package dev.minilogin.adapters.persistence;

import com.zaxxer.hikari.HikariDataSource;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.operation.StorageProbe;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.retention.Leases;
import dev.minilogin.domain.retention.Retention;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.testing.StorageContract;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.Identities;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/** Binds the contracts of the storage's ports to MySQL: one schema for all tests of this JVM. */
public interface MysqlStorage extends StorageContract {
  Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  default Storage storage() {
    return new Ports(Running.CONTEXT);
  }

  @Override
  default Storage unreachableStorage() {
    return new Ports(Unreachable.CONTEXT);
  }

  /** The adapters, as they run in production. */
  static ApplicationContext context() {
    return Running.CONTEXT;
  }

  /** The adapters, with no connection left. */
  static ApplicationContext unreachableContext() {
    return Unreachable.CONTEXT;
  }

  /** The schema that they run on. */
  static TestDatabase.Schema schema() {
    return Running.SCHEMA;
  }

  /** Starts the adapters on a schema, with keys of their own. */
  static ApplicationContext start(TestDatabase.Schema schema) {
    return ApplicationContext.builder()
        .properties(
            Map.of(
                "datasources.default.dialect", "MYSQL",
                "datasources.transactions.dialect", "MYSQL"))
        .singletons(
            new DatabaseSettings(schema.jdbcUrl(), schema.username(), schema.password(), 16),
            keyRing(),
            new SecureRandom())
        .start();
  }

  private static Stream<HikariDataSource> pools(ApplicationContext context) {
    return context.getBeansOfType(DataSource.class).stream()
        .map(proxy -> (HikariDataSource) DelegatingDataSource.unwrapDataSource(proxy));
  }

  private static KeyRing keyRing() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new KeyRing(
        new TreeMap<>(Map.of(1, new SecretKeySpec(key, "AES"))),
        new TreeMap<>(Map.of(1, new SecretKeySpec(key, "HmacSHA256"))));
  }

  /** The ports of a context. */
  record Ports(ApplicationContext context) implements Storage {
    @Override
    public Users users() {
      return context.getBean(Users.class);
    }

    @Override
    public PhoneBindings phoneBindings() {
      return context.getBean(PhoneBindings.class);
    }

    @Override
    public Sessions sessions() {
      return context.getBean(Sessions.class);
    }

    @Override
    public Logins logins() {
      return context.getBean(Logins.class);
    }

    @Override
    public MiniPrograms miniPrograms() {
      return context.getBean(MiniPrograms.class);
    }

    @Override
    public Identities identities() {
      return context.getBean(Identities.class);
    }

    @Override
    public AccessTokens accessTokens() {
      return context.getBean(AccessTokens.class);
    }

    @Override
    public ContentReviews contentReviews() {
      return context.getBean(ContentReviews.class);
    }

    @Override
    public PushInbox pushInbox() {
      return context.getBean(PushInbox.class);
    }

    @Override
    public Merges merges() {
      return context.getBean(Merges.class);
    }

    @Override
    public Avatars avatars() {
      return context.getBean(Avatars.class);
    }

    @Override
    public PictureFiles pictureFiles() {
      return context.getBean(PictureFiles.class);
    }

    @Override
    public Accounts accounts() {
      return context.getBean(Accounts.class);
    }

    @Override
    public Retention retention() {
      return context.getBean(Retention.class);
    }

    @Override
    public Leases leases() {
      return context.getBean(Leases.class);
    }

    @Override
    public StorageProbe storageProbe() {
      return context.getBean(StorageProbe.class);
    }

    @Override
    public AuditLog auditLog() {
      return context.getBean(AuditLog.class);
    }
  }

  /** Started when a test first needs it. */
  final class Running {
    static final TestDatabase.Schema SCHEMA = TestDatabase.get().freshSchema();
    static final ApplicationContext CONTEXT = patient();

    private Running() {}

    /** Contracts have many wait for connections, on machines that do much else. */
    private static ApplicationContext patient() {
      ApplicationContext context = start(SCHEMA);
      pools(context).forEach(pool -> pool.setConnectionTimeout(PATIENCE.toMillis()));
      return context;
    }
  }

  /** Adapters whose connections are all gone. */
  final class Unreachable {
    static final ApplicationContext CONTEXT = disconnected();

    private Unreachable() {}

    private static ApplicationContext disconnected() {
      ApplicationContext context = start(TestDatabase.get().freshSchema());
      pools(context).forEach(HikariDataSource::close);
      return context;
    }
  }
}
