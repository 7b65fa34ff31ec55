package dev.minilogin.adapters.persistence.revocation;

import dev.minilogin.domain.failure.StorageUnavailable;
import io.micronaut.context.ApplicationContext;
import java.util.concurrent.atomic.AtomicBoolean;

/** What tests do to the feeds of revocations of an instance. */
public final class Feeds {
  private Feeds() {}

  /** Hears what was revoked until now, without waiting for the next time. */
  public static void listen(ApplicationContext instance) {
    instance.getBean(RevocationFeed.class).listen();
  }

  /** Deletes what is too old, without waiting for the next time. */
  public static void purge(ApplicationContext instance) {
    instance.getBean(RevocationPurge.class).purge();
  }

  /**
   * What an instance is given that never hears anything.
   *
   * @param wasAsked is set when it tries
   */
  public static Object deaf(AtomicBoolean wasAsked) {
    RevocationSource source =
        (_, _) -> {
          wasAsked.set(true);
          throw new StorageUnavailable("reading revocations", null);
        };
    return source;
  }
}
