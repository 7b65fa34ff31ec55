package dev.minilogin.domain.testing;

import dev.minilogin.domain.identifier.Sha256;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pushes in a form of their own, signed, but encrypted with a cipher that hides nothing: a message
 * is lines of base64, and what is encrypted says with which key and for whom.
 */
public final class InMemoryPushEnvelopes implements PushEnvelopes {
  /** A push as WeChat would send it. */
  public PushRequest push(AppId appId, PushSettings settings, PushEvent event, Instant at) {
    String message = write(settings.format(), event);
    return settings.mode() == PushSettings.Mode.PLAIN
        ? request(settings.token(), at, Optional.empty(), message)
        : request(
            settings.token(),
            at,
            Optional.of(settings.token()),
            String.join("\n", lockOf(settings.keys().getFirst()), appId.value(), message));
  }

  /** A check of our address as WeChat would send it. */
  public PushRequest check(PushToken token, Instant at) {
    return request(token, at, Optional.empty(), "");
  }

  private static PushRequest request(
      PushToken token, Instant at, Optional<PushToken> messageToken, String body) {
    String timestamp = Long.toString(at.getEpochSecond());
    String nonce = Sample.text(10);
    return new PushRequest(
        signature(token, timestamp, nonce),
        timestamp,
        nonce,
        messageToken.map(signing -> signature(signing, timestamp, nonce, body)),
        body);
  }

  @Override
  public boolean isGenuine(PushSettings settings, PushRequest check, Instant now) {
    return isRecent(check, now) && isSigned(settings, check);
  }

  @Override
  public Optional<PushEvent> open(
      AppId appId, PushSettings settings, PushRequest push, Instant now) {
    if (!isRecent(push, now)) {
      return Optional.empty();
    }
    if (settings.mode() == PushSettings.Mode.PLAIN) {
      return isSigned(settings, push) ? read(settings.format(), push.body()) : Optional.empty();
    }
    String expected = signature(settings.token(), push.timestamp(), push.nonce(), push.body());
    if (!push.messageSignature().equals(Optional.of(expected))) {
      return Optional.empty();
    }
    return settings.keys().stream()
        .map(key -> String.join("\n", lockOf(key), appId.value(), ""))
        .filter(push.body()::startsWith)
        .findFirst()
        .flatMap(head -> read(settings.format(), push.body().substring(head.length())));
  }

  private static boolean isSigned(PushSettings settings, PushRequest request) {
    return request
        .signature()
        .equals(signature(settings.token(), request.timestamp(), request.nonce()));
  }

  private static boolean isRecent(PushRequest request, Instant now) {
    return request.timestamp().matches("\\d{1,12}")
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(request.timestamp())), now)
                .abs()
                .compareTo(WINDOW)
            <= 0;
  }

  private static String signature(PushToken token, String... signed) {
    return Sha256.hex(token.reveal() + "\n" + String.join("\n", signed));
  }

  private static String lockOf(PushKey key) {
    return Sha256.hex(key.reveal());
  }

  private static String write(PushSettings.Format format, PushEvent event) {
    StringBuilder message = new StringBuilder(format.name());
    event
        .fields()
        .forEach(
            (name, value) ->
                message.append('\n').append(encode(name)).append(' ').append(encode(value)));
    return message.toString();
  }

  private static Optional<PushEvent> read(PushSettings.Format format, String message) {
    List<String> lines = message.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(format.name())) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", -1);
      fields.put(decode(words[0]), decode(words[1]));
    }
    return Optional.of(new PushEvent(fields));
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
