package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.application.avatar.SweepAvatars;
import dev.minilogin.application.push.HandlePushes;
import dev.minilogin.application.review.ReviewDueContent;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.push.PushEnvelope;
import dev.minilogin.simulator.push.PushEvent;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One simulated WeChat and one server before it, with a mini program for each way that one can be
 * configured. Both have one clock, which stands still until a test moves it, so that what WeChat
 * signs is fresh. Nothing is done from time to time: tests say when.
 */
final class Studio implements AutoCloseable {
  /**
   * Two mini programs of one Open Platform account, which have WeChat asked about neither content
   * nor encrypted data.
   */
  static final String APP = "wxa000000000000001";

  static final String SISTER_APP = "wxa000000000000002";

  /** As {@link #APP}, but it belongs to another tenant. */
  static final String OF_ANOTHER_TENANT = "wxa000000000000003";

  /** It has WeChat asked about encrypted phone data. */
  static final String ASKS_ABOUT_DATA = "wxa000000000000004";

  /** It lets in nobody but users of the release, and two sessions a user. */
  static final String RELEASE_ONLY = "wxa000000000000005";

  /** With content checks; what isn't passed is refused. */
  static final String REVIEWING = "wxb000000000000001";

  /** With content checks; what isn't passed waits for an operator. */
  static final String HOLDING = "wxb000000000000002";

  /** With content checks; what WeChat would have a person look at is shown. */
  static final String SHOWING = "wxb000000000000003";

  static final String SECURE_XML = "wxc000000000000001";
  static final String COMPATIBLE_JSON = "wxc000000000000002";
  static final String COMPATIBLE_XML = "wxc000000000000003";
  static final String PLAIN_JSON = "wxc000000000000004";
  static final String PLAIN_XML = "wxc000000000000005";

  /** It is just changing its EncodingAESKey. */
  static final String WITH_TWO_KEYS = "wxc000000000000006";

  /** It gets no pushes. */
  static final String WITHOUT_PUSHES = "wxc000000000000007";

  private static final String OPEN_PLATFORM = "studio";

  final WeChatSimulator simulator;
  final WeChat weChat;
  final MutableClock clock = new MutableClock(Instant.now());
  final TestDatabase.Schema database = TestDatabase.get().freshSchema();
  final Client client;
  final Server server;

  private final Path keys = Server.newKeyFile();
  private final Map<String, Server.App> apps = apps();

  private Studio() {
    Options options = Options.defaults().withClock(clock);
    for (Server.App app : apps.values()) {
      App registered =
          List.of(APP, SISTER_APP).contains(app.appId())
              ? App.of(app.appId(), app.secret(), OPEN_PLATFORM)
              : App.of(app.appId(), app.secret());
      options = options.withApp(registered);
    }
    simulator = WeChatSimulator.start(options);
    weChat = new WeChat(simulator);
    server = instance().start();
    client = server.client();
    for (App app : simulator.apps()) {
      if (apps.get(app.appId()).settings().containsKey("push-token")) {
        simulator.addApp(app.withPush(target(app.appId())));
      }
    }
  }

  private static Map<String, Server.App> apps() {
    Server.App silent = Server.App.of(WITHOUT_PUSHES, Stage.secret(WITHOUT_PUSHES));
    return Stream.of(
            unchecked(APP),
            unchecked(SISTER_APP),
            unchecked(OF_ANOTHER_TENANT).with("tenant", "another"),
            unchecked(ASKS_ABOUT_DATA).with("check-encrypted-data", "true"),
            unchecked(RELEASE_ONLY)
                .with("admitted-builds", "release")
                .with("sessions-per-user", "2"),
            secure(REVIEWING),
            secure(HOLDING).with("content-on-review", "hold").with("content-on-risky", "hold"),
            secure(SHOWING).with("content-on-review", "show"),
            secure(SECURE_XML).with("push-format", "xml"),
            secure(COMPATIBLE_JSON).with("push-mode", "compatible"),
            secure(COMPATIBLE_XML).with("push-mode", "compatible").with("push-format", "xml"),
            plain(PLAIN_JSON),
            plain(PLAIN_XML).with("push-format", "xml"),
            secure(WITH_TWO_KEYS).with("push-previous-aes-key", previousKey()),
            silent.with("content-check", "false").with("risk", "off"))
        .collect(Collectors.toMap(Server.App::appId, app -> app, (a, b) -> a, TreeMap::new));
  }

  private static Server.App unchecked(String appId) {
    return secure(appId).with("content-check", "false").with("check-encrypted-data", "false");
  }

  private static Server.App secure(String appId) {
    return Server.App.of(appId, Stage.secret(appId))
        .withPush(pushToken(appId), WeChat.aesKey(appId))
        .with("risk", "off");
  }

  private static Server.App plain(String appId) {
    return Server.App.of(appId, Stage.secret(appId))
        .with("push-token", Secrets.note(pushToken(appId)))
        .with("push-mode", "plain")
        .with("risk", "off");
  }

  private static String pushToken(String appId) {
    return "pushTokenOf" + appId;
  }

  /** The EncodingAESKey that {@link #WITH_TWO_KEYS} had until now. */
  static String previousKey() {
    return Secrets.note(WeChat.aesKey("the previous one of " + WITH_TWO_KEYS));
  }

  /** Another instance of the same installation, still to be started. */
  Server.Plan instance() {
    return Server.of(simulator.uri(), List.copyOf(apps.values())).on(database).keys(keys).at(clock);
  }

  /** How WeChat pushes to a mini program, as both sides know it. */
  PushTarget target(String appId) {
    Map<String, String> settings = apps.get(appId).settings();
    return new PushTarget(
        server.uri().resolve("/wechat/push/" + appId),
        settings.get("push-token"),
        Optional.ofNullable(settings.get("push-aes-key")),
        PushMode.valueOf(settings.getOrDefault("push-mode", "secure").toUpperCase(Locale.ROOT)),
        PushFormat.valueOf(settings.getOrDefault("push-format", "json").toUpperCase(Locale.ROOT)),
        "gh_" + appId.substring(2));
  }

  /** Logs a person in, who must be let in. */
  Answer logIn(String appId, String person) {
    return client.logIn(appId, weChat.code(appId, person)).has(201);
  }

  /** The token of somebody who was never seen before. */
  String newLogin(String appId) {
    return logIn(appId, WeChat.somebody()).token();
  }

  /** Delivers a push, once. */
  Answer deliver(String appId, PushEnvelope push) {
    return deliver(appId, push.query(), push.contentType(), push.body().getBytes(UTF_8));
  }

  /** Delivers what may be a push, once. */
  Answer deliver(String appId, String query, String contentType, byte[] body) {
    return client.send(
        client
            .to("/wechat/push/" + appId + "?" + query)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** WeChat pushes an event, which is accepted and takes effect. */
  void push(String appId, PushEvent event) {
    Answer answer = deliver(appId, simulator.envelope(appId, event)).has(200);
    assertThat(answer.text()).isEqualTo("success");
    handlePushes();
  }

  /** Lets the pushes take effect whose time has come. */
  void handlePushes() {
    untilNoneIsLeft(server.bean(HandlePushes.class)::execute);
  }

  /** Takes up the reviews whose time has come. */
  void reviewDueContent() {
    untilNoneIsLeft(server.bean(ReviewDueContent.class)::execute);
  }

  /** Deletes the pictures that nobody needs. */
  void sweepAvatars() {
    untilNoneIsLeft(server.bean(SweepAvatars.class)::execute);
  }

  private static void untilNoneIsLeft(IntSupplier some) {
    while (some.getAsInt() > 0) {}
  }

  @Override
  public void close() {
    try (simulator) {
      server.close();
    }
  }

  /** Gives tests the studio, which is set up when the first of them needs it. */
  static final class Given implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Studio.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Studio.class))
          .getOrComputeIfAbsent(Studio.class, key -> new Studio(), Studio.class);
    }
  }
}
