package dev.minilogin.bootstrap.architecture;

import java.util.List;

/** Our packages and classes that rules name. A test makes sure that each of them exists. */
final class Names {
  static final String ROOT = "dev.minilogin";

  static final String DOMAIN = "dev.minilogin.domain";
  static final String APPLICATION = "dev.minilogin.application";
  static final String MEDIA = "dev.minilogin.adapters.media";
  static final String WECHAT = "dev.minilogin.adapters.wechat";
  static final String PERSISTENCE = "dev.minilogin.adapters.persistence";
  static final String WEB = "dev.minilogin.adapters.web";
  static final String BOOTSTRAP = "dev.minilogin.bootstrap";

  /** The layers: each class lives in one of them. */
  static final List<String> LAYERS =
      List.of(DOMAIN, APPLICATION, MEDIA, WECHAT, PERSISTENCE, WEB, BOOTSTRAP);

  /** Where exceptions and outcomes become problem documents. */
  static final String PROBLEM_PACKAGE = "dev.minilogin.adapters.web.problem";

  static final List<String> PACKAGES =
      List.of(DOMAIN, APPLICATION, MEDIA, WECHAT, PERSISTENCE, WEB, BOOTSTRAP, PROBLEM_PACKAGE);

  static final String SECRET = "dev.minilogin.domain.identifier.Secret";
  static final String CLOCK = "dev.minilogin.adapters.persistence.DatabaseClock";
  static final String MAIN = "dev.minilogin.bootstrap.Application";
  static final String PROBLEM = "dev.minilogin.adapters.web.problem.Problem";

  static final List<String> CLASSES = List.of(SECRET, CLOCK, MAIN, PROBLEM);

  private Names() {}

  /** ArchUnit's pattern for a package and all that are below it. */
  static String under(String packageName) {
    return packageName + "..";
  }
}
