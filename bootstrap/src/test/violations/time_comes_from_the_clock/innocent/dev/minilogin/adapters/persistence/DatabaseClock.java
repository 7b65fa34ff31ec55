package dev.minilogin.adapters.persistence;

import java.time.InstantSource;

final class DatabaseClock {
  private final InstantSource clock = InstantSource.system();
}
