package dev.minilogin.simulator.push;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.MediaResult;
import dev.minilogin.simulator.platform.MediaResults;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.platform.WeChatPlatform;
import dev.minilogin.simulator.wire.WireLog;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Sends pushes, and sends them again when the answer is not what it must be. Every try is put into
 * the wire log. Thread-safe.
 */
public final class PushSender implements MediaResults, AutoCloseable {

  private static final int RETRIES = 3;
  private static final int MEDIA_CHECK_VERSION = 2;

  /** No user can have this name. */
  private static final String PLATFORM_ACCOUNT = "WeChat's push service";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final WeChatPlatform platform;
  private final InstantSource clock;
  private final PushPost post;

  public PushSender(WeChatPlatform platform, WireLog wire, InstantSource clock) {
    this.platform = platform;
    this.clock = clock;
    this.post = new PushPost(clock, wire);
  }

  /**
   * Sends an event until the answer is right, four times at most, and waits for the end of it. All
   * tries carry the same message under a timestamp and a nonce of their own.
   *
   * @throws NoSuchElementException no such app, or it has no push settings
   * @throws IllegalArgumentException the app's format has no way to write the event
   */
  public PushDelivery push(String appId, PushEvent event) {
    PushTarget target = target(appId);
    return send(target, appId, message(target, appId, event, clock.instant()));
  }

  /**
   * The push as it would go out at a time, without sending it.
   *
   * @param timestamp the time in the query, and the message's unless the event has one
   * @throws NoSuchElementException no such app, or it has no push settings
   * @throws IllegalArgumentException the app's format has no way to write the event
   */
  public PushEnvelope envelope(String appId, PushEvent event, Instant timestamp) {
    PushTarget target = target(appId);
    return PushEnvelope.seal(target, appId, message(target, appId, event, timestamp), timestamp);
  }

  /**
   * Where an envelope of an app has to go.
   *
   * @throws NoSuchElementException no such app, or it has no push settings
   */
  public URI uri(String appId, PushEnvelope envelope) {
    return envelope.uri(target(appId).url());
  }

  /**
   * Whether the server behind the push URL proves that it has the token, as WeChat asks when the
   * settings are saved: one GET, no retry.
   *
   * @throws NoSuchElementException no such app, or it has no push settings
   */
  public boolean check(String appId) {
    PushTarget target = target(appId);
    String echo = PushEnvelope.nonce() + PushEnvelope.nonce();
    String query = PushEnvelope.check(target, clock.instant(), PushEnvelope.nonce(), echo);
    PushAnswer answer =
        post.get(
            PushEnvelope.uri(target.url(), query),
            platform.settings().pushTimeout(),
            "check of the push URL");
    return answer.status() == 200 && answer.body().equals(echo);
  }

  /**
   * The openid that stands in {@code FromUserName} when a push comes from WeChat itself and not
   * from a user.
   */
  public String platformAccount(String appId) {
    return platform.openid(appId, PLATFORM_ACCOUNT);
  }

  /** An app without push settings gets nothing. */
  @Override
  public void deliver(MediaResult result) {
    find(result.appId())
        .flatMap(App::push)
        .ifPresent(
            target ->
                send(
                    target,
                    result.appId(),
                    message(target, result.appId(), mediaCheck(result), clock.instant())));
  }

  /** Breaks off what is being sent. */
  @Override
  public void close() {
    post.close();
  }

  private PushDelivery send(PushTarget target, String appId, ObjectNode message) {
    List<PushAnswer> answers = new ArrayList<>();
    do {
      PushEnvelope envelope = PushEnvelope.seal(target, appId, message, clock.instant());
      answers.add(
          post.post(
              target.url(),
              envelope,
              platform.settings().pushTimeout(),
              answers.isEmpty() ? "push" : "push, retry " + answers.size()));
    } while (!answers.getLast().accepted() && answers.size() <= RETRIES && pause());
    return PushDelivery.of(answers);
  }

  private boolean pause() {
    try {
      Thread.sleep(platform.settings().pushRetryPause());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ObjectNode message(PushTarget target, String appId, PushEvent event, Instant now) {
    Optional<String> openid = event.user().map(user -> platform.openid(appId, user));
    ObjectNode message =
        JSON.createObjectNode()
            .put("ToUserName", target.originalId())
            .put(
                "FromUserName",
                openid
                    .filter(person -> !event.isAboutUserData())
                    .orElseGet(() -> platformAccount(appId)))
            .put("CreateTime", event.createTime().orElse(now).getEpochSecond())
            .put("MsgType", "event")
            .put("Event", event.name());
    if (event.isAboutUserData()) {
      openid.ifPresent(person -> message.put("OpenID", person));
      message.put("AppID", appId);
    }
    event
        .fields()
        .forEach(
            (name, value) -> {
              if (value == null) {
                message.remove(name);
              } else {
                message.set(name, JSON.valueToTree(value));
              }
            });
    return message;
  }

  private static PushEvent mediaCheck(MediaResult result) {
    PushEvent event =
        PushEvent.of(PushEvent.WXA_MEDIA_CHECK)
            .with("FromUserName", result.openid())
            .with("appid", result.appId())
            .with("trace_id", result.traceId())
            .with("version", MEDIA_CHECK_VERSION);
    return result
        .suggest()
        .map(
            suggest ->
                event
                    .with(
                        "detail",
                        List.of(
                            JSON.createObjectNode()
                                .put("strategy", "content_model")
                                .put("errcode", 0)
                                .put("suggest", suggest.text())
                                .put("label", suggest.label())
                                .put("prob", 90)))
                    .with("errcode", 0)
                    .with("errmsg", "ok")
                    .with(
                        "result",
                        JSON.createObjectNode()
                            .put("suggest", suggest.text())
                            .put("label", suggest.label())))
        .orElseGet(
            () ->
                event
                    .with("detail", List.of())
                    .with("errcode", result.errcode())
                    .with("errmsg", "download failed"));
  }

  private PushTarget target(String appId) {
    return find(appId)
        .orElseThrow(() -> new NoSuchElementException("no such app"))
        .push()
        .orElseThrow(() -> new NoSuchElementException("this app has no push settings"));
  }

  private Optional<App> find(String appId) {
    return platform.apps().stream().filter(app -> app.appId().equals(appId)).findFirst();
  }
}
