package dev.minilogin.domain.push;

import dev.minilogin.domain.wechat.OpenId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A push whose origin is proved, as it was written: unknown events and fields are kept.
 *
 * @param fields the values of its fields as texts, by their names in WeChat's docs; those of nested
 *     objects with dots, {@code result.suggest}; lists are left out
 */
public record PushEvent(Map<String, String> fields) {
  public PushEvent {
    fields = Map.copyOf(fields);
  }

  /**
   * The event's name, or the type of what is no event: {@code user_info_modified}, {@code text}.
   */
  public String name() {
    return field("Event").or(() -> field("MsgType")).orElse("");
  }

  /** A field's value without surrounding blanks; empty if it is missing or blank. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** When WeChat made it ({@code CreateTime}), to the second; the epoch if it doesn't say. */
  public Instant createdAt() {
    return field("CreateTime")
        .filter(text -> text.matches("\\d{1,12}"))
        .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
        .orElse(Instant.EPOCH);
  }

  /** Whom it is about or from, in the mini program; empty if it names nobody. */
  public Optional<OpenId> person() {
    return field("OpenID")
        .or(() -> field("FromUserName"))
        .filter(OpenId::isWellFormed)
        .map(OpenId::new);
  }

  /**
   * What two deliveries of one push have in common, and two pushes have not: a message's MsgId; of
   * an event its name, person, time and what it is about. The person is {@code OpenID}: {@code
   * FromUserName} of the authorisation events is WeChat's own account, the same for everybody. Of
   * events that aren't known here all fields count.
   */
  public String identity() {
    Optional<String> messageId = field("MsgId");
    if (messageId.isPresent()) {
      return "message " + messageId.get();
    }
    return switch (name()) {
      case PushContent.USER_INFO_MODIFIED,
          PushContent.USER_AUTHORIZATION_REVOKE,
          PushContent.USER_AUTHORIZATION_CANCELLATION ->
          String.join(
              "\n",
              "event",
              name(),
              field("OpenID").or(() -> field("FromUserName")).orElse(""),
              field("CreateTime").orElse(""),
              field("RevokeInfo").orElse(""),
              field("PluginID").orElse(""));
      case PushContent.WXA_MEDIA_CHECK ->
          String.join("\n", "event", name(), field("trace_id").orElse(""));
      default -> "other\n" + new TreeMap<>(fields);
    };
  }

  /** Its name; the fields are personal data. */
  @Override
  public String toString() {
    return "PushEvent[" + (name().matches("\\w{1,64}") ? name() : "?") + "]";
  }

  /** What it says, as far as that is acted on here. */
  public PushContent content() {
    return PushContent.of(this);
  }
}
