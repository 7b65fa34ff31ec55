package dev.minilogin.bootstrap;

import dev.minilogin.adapters.persistence.DatabaseSettings;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.persistence.sealing.KeyRingFile;
import dev.minilogin.adapters.wechat.http.WeChatSettings;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration as the domain's and the adapters' values. Whatever is wrong with it is told at
 * once.
 *
 * @param apps the mini programs to make known at start
 * @param weChat where WeChat is
 * @param keys the keys of this installation
 * @param database where the database is
 */
record Settings(
    List<MiniProgram> apps, WeChatSettings weChat, KeyRing keys, DatabaseSettings database) {
  private static final String PREFIX = "mini-login.";
  private static final Pattern APP_SETTING =
      Pattern.compile("apps[.\\[](\\d{1,4})[.\\]]\\.?([a-z][a-z.-]+)");
  private static final String WECHAT = "https://api.weixin.qq.com";
  private static final String WECHAT_FALLBACK = "https://api2.weixin.qq.com";

  /**
   * Reads the configuration.
   *
   * @throws InvalidConfiguration with all that is wrong with it
   */
  static Settings read(Environment environment, SecureRandom random) {
    Reader reader = new Reader(environment);
    List<MiniProgram> apps = reader.apps();
    Optional<WeChatSettings> weChat = reader.weChat();
    Optional<KeyRing> keys = reader.keys(random);
    Optional<DatabaseSettings> database = reader.database();
    if (!reader.problems.isEmpty()) {
      throw new InvalidConfiguration(reader.problems);
    }
    return new Settings(apps, weChat.orElseThrow(), keys.orElseThrow(), database.orElseThrow());
  }

  private static final class Reader {
    private final Environment environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Environment environment) {
      this.environment = environment;
    }

    Optional<DatabaseSettings> database() {
      Optional<String> url = text("datasources.default.url");
      if (url.filter(text -> text.startsWith("jdbc:mysql:")).isEmpty()) {
        problems.add(
            "DATASOURCES_DEFAULT_URL must be a URL like jdbc:mysql://host:3306/mini_login");
        return Optional.empty();
      }
      return Optional.of(
          new DatabaseSettings(
              url.get(),
              text("datasources.default.username").orElse(""),
              text("datasources.default.password").orElse(""),
              DatabaseSettings.DEFAULT_POOL_SIZE));
    }

    List<MiniProgram> apps() {
      List<MiniProgram> apps = new ArrayList<>();
      appSettings().forEach((number, app) -> app(number, app).ifPresent(apps::add));
      Set<AppId> seen = new HashSet<>();
      apps.stream()
          .map(MiniProgram::appId)
          .filter(appId -> !seen.add(appId))
          .forEach(appId -> problems.add("MINI_LOGIN_APPS_…: " + appId + " stands there twice"));
      return apps;
    }

    private Optional<MiniProgram> app(int number, Map<String, String> app) {
      String name = "MINI_LOGIN_APPS_" + number + "_";
      Optional<AppId> appId = parse(name + "APP_ID", app.get("app-id"), AppId::new);
      Optional<AppSecret> secret =
          parse(name + "APP_SECRET", app.get("app-secret"), AppSecret::new);
      SessionLifetimes defaults = SessionLifetimes.DEFAULT;
      Optional<Duration> idle =
          app.containsKey("idle-lifetime")
              ? parse(name + "IDLE_LIFETIME", app.get("idle-lifetime"), Reader::duration)
              : Optional.of(defaults.idle());
      Optional<Duration> absolute =
          app.containsKey("absolute-lifetime")
              ? parse(name + "ABSOLUTE_LIFETIME", app.get("absolute-lifetime"), Reader::duration)
              : Optional.of(defaults.absolute());
      if (appId.isEmpty() || secret.isEmpty() || idle.isEmpty() || absolute.isEmpty()) {
        return Optional.empty();
      }
      try {
        SessionLifetimes lifetimes = new SessionLifetimes(idle.get(), absolute.get());
        return Optional.of(new MiniProgram(appId.get(), secret.get(), true, lifetimes));
      } catch (IllegalArgumentException e) {
        problems.add(name + "IDLE_LIFETIME, " + name + "ABSOLUTE_LIFETIME: " + e.getMessage());
        return Optional.empty();
      }
    }

    Optional<WeChatSettings> weChat() {
      String base = text(PREFIX + "wechat.base-url").orElse(WECHAT).replaceFirst("/+$", "");
      Optional<String> fallback =
          text(PREFIX + "wechat.fallback-base-url")
              .or(() -> base.equals(WECHAT) ? Optional.of(WECHAT_FALLBACK) : Optional.empty());
      List<URI> hosts = new ArrayList<>();
      parse("MINI_LOGIN_WECHAT_BASE_URL", base, Reader::httpUrl).ifPresent(hosts::add);
      fallback
          .flatMap(url -> parse("MINI_LOGIN_WECHAT_FALLBACK_BASE_URL", url, Reader::httpUrl))
          .ifPresent(hosts::add);
      return hosts.isEmpty() ? Optional.empty() : Optional.of(WeChatSettings.of(hosts));
    }

    Optional<KeyRing> keys(SecureRandom random) {
      Optional<String> file = text(PREFIX + "keys.file");
      if (file.isEmpty()) {
        problems.add(
            "MINI_LOGIN_KEYS_FILE is missing: the file with the keys that seal secrets in the"
                + " database; MINI_LOGIN_KEYS_CREATE=true makes it if it is not there");
        return Optional.empty();
      }
      try {
        Path path = Path.of(file.get());
        if (text(PREFIX + "keys.create").filter("true"::equalsIgnoreCase).isPresent()) {
          KeyRingFile.createIfMissing(path, random);
        }
        return Optional.of(KeyRingFile.read(path));
      } catch (IllegalArgumentException | UncheckedIOException e) {
        problems.add("MINI_LOGIN_KEYS_FILE: " + e.getMessage());
        return Optional.empty();
      }
    }

    /**
     * The settings of each mini program by its number. The same setting has another key for each
     * way that it comes: {@code apps[0]app-id} from the environment, {@code apps[0].app-id} from a
     * list in a file, {@code apps.0.app-id} from a property.
     */
    private Map<Integer, Map<String, String>> appSettings() {
      Map<Integer, Map<String, String>> settings = new TreeMap<>();
      environment
          .getProperties("mini-login")
          .forEach(
              (key, value) -> {
                Matcher app = APP_SETTING.matcher(key);
                if (app.matches() && value != null && !value.toString().isBlank()) {
                  settings
                      .computeIfAbsent(Integer.valueOf(app.group(1)), number -> new TreeMap<>())
                      .put(app.group(2).replace('.', '-'), value.toString());
                }
              });
      return settings;
    }

    private Optional<String> text(String key) {
      return environment.getProperty(key, String.class).filter(value -> !value.isBlank());
    }

    private static Duration duration(String text) {
      return ConversionService.SHARED
          .convert(text, Duration.class)
          .orElseThrow(() -> new IllegalArgumentException("must be a duration like 24h or 30d"));
    }

    private static URI httpUrl(String text) {
      try {
        URI uri = new URI(text);
        if (uri.getHost() != null
            && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
          return uri;
        }
      } catch (URISyntaxException e) {
        // Told below.
      }
      throw new IllegalArgumentException("must be an http or https URL");
    }

    private <T> Optional<T> parse(String name, String value, Function<String, T> parser) {
      if (value == null) {
        problems.add(name + " is missing");
        return Optional.empty();
      }
      try {
        return Optional.of(parser.apply(value));
      } catch (IllegalArgumentException e) {
        problems.add(name + ": " + e.getMessage());
        return Optional.empty();
      }
    }
  }
}
