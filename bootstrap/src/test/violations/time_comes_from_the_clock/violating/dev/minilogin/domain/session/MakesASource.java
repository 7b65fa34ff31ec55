package dev.minilogin.domain.session;

import java.time.InstantSource;

final class MakesASource {
  InstantSource clock() {
    return InstantSource.system();
  }
}
