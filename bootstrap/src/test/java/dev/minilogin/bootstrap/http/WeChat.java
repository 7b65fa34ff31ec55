package dev.minilogin.bootstrap.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.platform.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** People and their codes in a simulated WeChat; notes every secret that comes into being. */
final class WeChat {
  private static final AtomicLong PEOPLE = new AtomicLong();
  private static final AtomicLong PHONES = new AtomicLong(13_900_000_000L);

  private final WeChatSimulator simulator;
  private final Map<String, String> phones = new ConcurrentHashMap<>();

  WeChat(WeChatSimulator simulator) {
    this.simulator = simulator;
  }

  /** Somebody who was never seen before. */
  static String somebody() {
    return "person-" + PEOPLE.incrementAndGet();
  }

  /**
   * A mini program whose pushes go to a server, encrypted, in JSON: as an operator should set it.
   */
  static App withPush(App app, URI server, String token, String aesKey) {
    return app.withPush(
        new PushTarget(
            server.resolve("/wechat/push/" + app.appId()),
            token,
            Optional.of(aesKey),
            PushMode.SECURE,
            PushFormat.JSON,
            "gh_" + Integer.toHexString(app.appId().hashCode())));
  }

  /** An EncodingAESKey, the same for the same seed. */
  static String aesKey(String seed) {
    try {
      byte[] key =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What {@code wx.login} gives to a person. */
  String code(String appId, String person) {
    String code = Secrets.note(simulator.issueCode(appId, person));
    simulator.sessionKey(appId, person).ifPresent(Secrets::note);
    Secrets.note(simulator.openid(appId, person));
    simulator.unionid(appId, person).ifPresent(Secrets::note);
    return code;
  }

  /** A code of somebody who was never seen before. */
  String code(String appId) {
    return code(appId, somebody());
  }

  /** The number of a person, who has had none before; eleven digits. */
  String phone(String person) {
    return phones.computeIfAbsent(
        person,
        name -> {
          String number = Secrets.note(String.valueOf(PHONES.incrementAndGet()));
          setPhone(name, number);
          return number;
        });
  }

  /** From now on the person has that number, whoever had it before. */
  void movePhone(String number, String person) {
    phones.put(person, Secrets.note(number));
    setPhone(person, number);
  }

  private void setPhone(String person, String number) {
    simulator.addUser(
        simulator.users().stream()
            .filter(user -> user.name().equals(person))
            .findAny()
            .orElseGet(() -> new User(person, false))
            .withPhone(number));
  }

  /** What the phone-number button gives to a person. */
  String phoneCode(String appId, String person) {
    phone(person);
    return Secrets.note(simulator.issuePhoneCode(appId, person));
  }

  /** The access_token of a mini program, which stays the one that it is. */
  String accessToken(String appId, String secret) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(simulator.uri().resolve(Api.STABLE_TOKEN.path()))
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              Client.json(
                                  "grant_type", "client_credential",
                                  "appid", appId,
                                  "secret", secret)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      return Secrets.note(new ObjectMapper().readTree(answer.body()).get("access_token").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What {@code wx.pluginLogin} gives to a person. */
  String pluginCode(String appId, String person) {
    return Secrets.note(simulator.issuePluginCode(appId, person));
  }
}
