package dev.minilogin.domain.user;

import dev.minilogin.domain.session.Session;

public final class User {
  private Session last;
}
