package dev.minilogin.domain.session;

import java.util.Date;

final class MakesADate {
  Date now() {
    return new Date();
  }
}
