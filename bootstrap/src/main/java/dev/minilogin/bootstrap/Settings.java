package dev.minilogin.bootstrap;

import dev.minilogin.adapters.media.storage.S3Settings;
import dev.minilogin.adapters.persistence.DatabaseSettings;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.persistence.sealing.KeyRingFile;
import dev.minilogin.adapters.web.network.TrustedProxies;
import dev.minilogin.adapters.web.user.PublicAddress;
import dev.minilogin.adapters.wechat.http.WeChatSettings;
import dev.minilogin.application.audit.PurgeAuditLog;
import dev.minilogin.bootstrap.logging.LogFormat;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.limit.Quotas;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.miniprogram.RiskPolicy;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.miniprogram.Tenant;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration as the domain's and the adapters' values. Whatever is wrong with it is told at
 * once.
 *
 * @param apps the mini programs to make known at start
 * @param weChat where WeChat is
 * @param keys the keys of this installation
 * @param database where the database is
 * @param here where clients and WeChat reach this server
 * @param pictures the store of the users' pictures; empty if that is the database
 * @param proxies the proxies that are believed where a request comes from
 * @param quotas how often what may be done
 * @param auditKept how long the audit log is kept
 */
record Settings(
    List<MiniProgram> apps,
    WeChatSettings weChat,
    KeyRing keys,
    DatabaseSettings database,
    PublicAddress here,
    Optional<S3Settings> pictures,
    TrustedProxies proxies,
    Quotas quotas,
    Duration auditKept) {
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
    Optional<PublicAddress> here = reader.publicAddress();
    Optional<S3Settings> pictures = reader.pictures();
    reader.checkLogFormat();
    Optional<TrustedProxies> proxies = reader.proxies();
    Optional<Quotas> quotas = reader.quotas();
    Optional<Duration> auditKept = reader.auditKept();
    if (!reader.problems.isEmpty()) {
      throw new InvalidConfiguration(reader.problems);
    }
    return new Settings(
        apps,
        weChat.orElseThrow(),
        keys.orElseThrow(),
        database.orElseThrow(),
        here.orElseThrow(),
        pictures,
        proxies.orElseThrow(),
        quotas.orElseThrow(),
        auditKept.orElseThrow());
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
      Optional<AppSecrets> secrets = secrets(name, app);
      SessionLifetimes defaults = SessionLifetimes.DEFAULT;
      Optional<Duration> idle =
          app.containsKey("idle-lifetime")
              ? parse(name + "IDLE_LIFETIME", app.get("idle-lifetime"), Reader::duration)
              : Optional.of(defaults.idle());
      Optional<Duration> absolute =
          app.containsKey("absolute-lifetime")
              ? parse(name + "ABSOLUTE_LIFETIME", app.get("absolute-lifetime"), Reader::duration)
              : Optional.of(defaults.absolute());
      Optional<Policies> policies = policies(name, app);
      int before = problems.size();
      Optional<PushSettings> push = push(name, app);
      if (appId.isEmpty()
          || secrets.isEmpty()
          || idle.isEmpty()
          || absolute.isEmpty()
          || policies.isEmpty()
          || problems.size() > before) {
        return Optional.empty();
      }
      try {
        SessionLifetimes lifetimes = new SessionLifetimes(idle.get(), absolute.get());
        return Optional.of(
            new MiniProgram(appId.get(), secrets.get(), true, lifetimes, policies.get(), push));
      } catch (IllegalArgumentException e) {
        problems.add(name + "IDLE_LIFETIME, " + name + "ABSOLUTE_LIFETIME: " + e.getMessage());
        return Optional.empty();
      }
    }

    private Optional<AppSecrets> secrets(String name, Map<String, String> app) {
      int before = problems.size();
      Optional<AppSecret> current =
          parse(name + "APP_SECRET", app.get("app-secret"), AppSecret::new);
      Optional<AppSecret> previous =
          app.containsKey("previous-app-secret")
              ? parse(name + "PREVIOUS_APP_SECRET", app.get("previous-app-secret"), AppSecret::new)
              : Optional.empty();
      if (problems.size() > before) {
        return Optional.empty();
      }
      try {
        return current.map(secret -> new AppSecrets(secret, previous));
      } catch (IllegalArgumentException e) {
        problems.add(name + "PREVIOUS_APP_SECRET: " + e.getMessage());
        return Optional.empty();
      }
    }

    private Optional<Policies> policies(String name, Map<String, String> app) {
      ContentPolicy content = ContentPolicy.DEFAULT;
      RiskPolicy risk = RiskPolicy.DEFAULT;
      Optional<Tenant> tenant = given(name, app, "tenant", Tenant::new, Tenant.DEFAULT);
      Optional<Boolean> checked =
          given(name, app, "content-check", Reader::flag, content.checked());
      Optional<ContentPolicy.Treatment> onReview =
          given(
              name,
              app,
              "content-on-review",
              choice(ContentPolicy.Treatment.class),
              content.onReview());
      Optional<ContentPolicy.Treatment> onRisky =
          given(
              name,
              app,
              "content-on-risky",
              choice(ContentPolicy.Treatment.class),
              content.onRisky());
      Optional<RiskPolicy.Reaction> reaction =
          given(name, app, "risk", choice(RiskPolicy.Reaction.class), risk.reaction());
      Optional<Integer> from = given(name, app, "risk-from", Reader::number, risk.from());
      Optional<Boolean> encryptedDataChecked =
          given(
              name,
              app,
              "check-encrypted-data",
              Reader::flag,
              Policies.DEFAULT.encryptedDataChecked());
      Optional<Set<EnvVersion>> admitted =
          given(
              name, app, "admitted-builds", Reader::builds, Policies.DEFAULT.sessions().admitted());
      Optional<Integer> perUser =
          given(
              name,
              app,
              "sessions-per-user",
              Reader::number,
              Policies.DEFAULT.sessions().perUser());
      if (tenant.isEmpty()
          || admitted.isEmpty()
          || perUser.isEmpty()
          || checked.isEmpty()
          || onReview.isEmpty()
          || onRisky.isEmpty()
          || reaction.isEmpty()
          || from.isEmpty()
          || encryptedDataChecked.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Policies(
                tenant.get(),
                new ContentPolicy(checked.get(), onReview.get(), onRisky.get()),
                new RiskPolicy(reaction.get(), from.get()),
                encryptedDataChecked.get(),
                new SessionPolicy(admitted.get(), perUser.get())));
      } catch (IllegalArgumentException e) {
        problems.add(name + "…: " + e.getMessage());
        return Optional.empty();
      }
    }

    /** Plain mode must be asked for: whoever sees one of its pushes can forge others. */
    private Optional<PushSettings> push(String name, Map<String, String> app) {
      if (!app.containsKey("push-token")) {
        app.keySet().stream()
            .filter(key -> key.startsWith("push-"))
            .findFirst()
            .ifPresent(
                key -> problems.add(name + environmentName(key) + " needs " + name + "PUSH_TOKEN"));
        return Optional.empty();
      }
      Optional<PushToken> token = parse(name + "PUSH_TOKEN", app.get("push-token"), PushToken::new);
      Optional<PushSettings.Mode> mode =
          given(name, app, "push-mode", choice(PushSettings.Mode.class), PushSettings.Mode.SECURE);
      Optional<PushSettings.Format> format =
          given(
              name,
              app,
              "push-format",
              choice(PushSettings.Format.class),
              PushSettings.Format.JSON);
      List<PushKey> keys = new ArrayList<>();
      for (String key : List.of("push-aes-key", "push-previous-aes-key")) {
        if (app.containsKey(key)) {
          parse(name + environmentName(key), app.get(key), PushKey::new).ifPresent(keys::add);
        }
      }
      if (app.containsKey("push-previous-aes-key") && !app.containsKey("push-aes-key")) {
        problems.add(name + "PUSH_PREVIOUS_AES_KEY needs " + name + "PUSH_AES_KEY");
      }
      if (token.isEmpty() || mode.isEmpty() || format.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(new PushSettings(mode.get(), format.get(), token.get(), keys));
      } catch (IllegalArgumentException e) {
        problems.add(name + "PUSH_AES_KEY, " + name + "PUSH_MODE: " + e.getMessage());
        return Optional.empty();
      }
    }

    /** Without it, clients at the same computer reach us, and WeChat doesn't. */
    Optional<PublicAddress> publicAddress() {
      String port =
          text("micronaut.server.port").filter(text -> text.matches("\\d+")).orElse("8080");
      String url = text(PREFIX + "public-url").orElse("http://localhost:" + port);
      return parse("MINI_LOGIN_PUBLIC_URL", url.replaceFirst("/+$", ""), Reader::httpUrl)
          .map(PublicAddress::new);
    }

    Optional<TrustedProxies> proxies() {
      return parse(
          "MINI_LOGIN_TRUSTED_PROXIES",
          text(PREFIX + "trusted-proxies").orElse(""),
          TrustedProxies::parse);
    }

    Optional<Quotas> quotas() {
      String prefix = PREFIX + "rate-limits.";
      String name = "MINI_LOGIN_RATE_LIMITS_";
      int before = problems.size();
      Optional<Boolean> enabled =
          parse(name + "ENABLED", text(prefix + "enabled").orElse("true"), Reader::flag);
      Map<LimitedUse, Integer> others = new EnumMap<>(LimitedUse.class);
      for (LimitedUse use : LimitedUse.values()) {
        text(prefix + use.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .flatMap(quota -> parse(name + use.name(), quota, Reader::number))
            .ifPresent(quota -> others.put(use, quota));
      }
      return problems.size() > before
          ? Optional.empty()
          : enabled.map(on -> on ? Quotas.defaultsBut(others) : Quotas.UNLIMITED);
    }

    Optional<Duration> auditKept() {
      return parse(
          "MINI_LOGIN_AUDIT_RETENTION",
          text(PREFIX + "audit.retention").orElse(PurgeAuditLog.DEFAULT.toDays() + "d"),
          text -> {
            Duration kept = duration(text);
            if (kept.compareTo(PurgeAuditLog.LEAST) < 0) {
              throw new IllegalArgumentException(
                  "must be " + PurgeAuditLog.LEAST.toDays() + "d at least");
            }
            return kept;
          });
    }

    Optional<S3Settings> pictures() {
      String prefix = PREFIX + "avatars.s3.";
      Optional<String> endpoint = text(prefix + "endpoint");
      if (endpoint.isEmpty()) {
        return Optional.empty();
      }
      String name = "MINI_LOGIN_AVATARS_S3_";
      Optional<URI> uri = parse(name + "ENDPOINT", endpoint.get(), Reader::httpUrl);
      Optional<String> bucket = needed(name + "BUCKET", prefix + "bucket");
      Optional<String> keyId = needed(name + "ACCESS_KEY_ID", prefix + "access-key-id");
      Optional<String> secret = needed(name + "SECRET_ACCESS_KEY", prefix + "secret-access-key");
      Optional<Boolean> pathStyle =
          parse(name + "PATH_STYLE", text(prefix + "path-style").orElse("false"), Reader::flag);
      if (uri.isEmpty()
          || bucket.isEmpty()
          || keyId.isEmpty()
          || secret.isEmpty()
          || pathStyle.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new S3Settings(
                uri.get(),
                text(prefix + "region").orElse("us-east-1"),
                bucket.get(),
                keyId.get(),
                secret.get(),
                pathStyle.get()));
      } catch (IllegalArgumentException e) {
        problems.add(name + "…: " + e.getMessage());
        return Optional.empty();
      }
    }

    /** It took effect before this is read, see logback.xml: here it can only be found wrong. */
    void checkLogFormat() {
      text(PREFIX + "log.format")
          .ifPresent(name -> parse("MINI_LOGIN_LOG_FORMAT", name, choice(LogFormat.class)));
    }

    private Optional<String> needed(String name, String key) {
      Optional<String> value = text(key);
      if (value.isEmpty()) {
        problems.add(name + " is missing");
      }
      return value;
    }

    private <T> Optional<T> given(
        String name, Map<String, String> app, String key, Function<String, T> parser, T otherwise) {
      return app.containsKey(key)
          ? parse(name + environmentName(key), app.get(key), parser)
          : Optional.of(otherwise);
    }

    private static String environmentName(String key) {
      return key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static <E extends Enum<E>> Function<String, E> choice(Class<E> type) {
      return text -> {
        for (E value : type.getEnumConstants()) {
          if (value.name().equalsIgnoreCase(text)) {
            return value;
          }
        }
        throw new IllegalArgumentException(
            "must be one of "
                + Arrays.stream(type.getEnumConstants())
                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ")));
      };
    }

    private static Set<EnvVersion> builds(String text) {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .map(choice(EnvVersion.class))
          .collect(Collectors.toSet());
    }

    private static Boolean flag(String text) {
      if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
        throw new IllegalArgumentException("must be true or false");
      }
      return Boolean.valueOf(text);
    }

    private static Integer number(String text) {
      if (!text.matches("\\d{1,9}")) {
        throw new IllegalArgumentException("must be a number");
      }
      return Integer.valueOf(text);
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
      int before = problems.size();
      Optional<WeChatSettings.Proxy> proxy =
          text(PREFIX + "wechat.proxy-url")
              .flatMap(url -> parse("MINI_LOGIN_WECHAT_PROXY_URL", url, Reader::proxy));
      if (hosts.isEmpty() || problems.size() > before) {
        return Optional.empty();
      }
      WeChatSettings direct = WeChatSettings.of(hosts);
      return Optional.of(proxy.map(direct::withProxy).orElse(direct));
    }

    private static WeChatSettings.Proxy proxy(String url) {
      try {
        URI uri = new URI(url);
        if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
          Optional<WeChatSettings.Credentials> credentials =
              Optional.ofNullable(uri.getUserInfo())
                  .map(
                      info ->
                          new WeChatSettings.Credentials(
                              info.replaceFirst(":.*", ""), info.replaceFirst("^[^:]*:?", "")));
          return new WeChatSettings.Proxy(uri.getHost(), uri.getPort(), credentials);
        }
      } catch (URISyntaxException e) {
        // Told below, without the URL: it may hold a password.
      }
      throw new IllegalArgumentException("must be like http://user:password@proxy:3128");
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
