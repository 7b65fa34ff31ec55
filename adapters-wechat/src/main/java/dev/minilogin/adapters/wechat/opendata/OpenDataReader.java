package dev.minilogin.adapters.wechat.opendata;

import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.OpenedData;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What decrypted open data says, and whether it says it of the right person at the right time. */
final class OpenDataReader {
  private static final String OPEN_ID = "openId";
  private static final String UNION_ID = "unionId";
  private static final String WATERMARK = "watermark";

  /** WeChat's names of the profile's fields, where ours are others. */
  private static final Map<ProfileField, String> NAMES = Map.of(ProfileField.NICKNAME, "nickName");

  private static final String OLD_PICTURES = "http://wx.qlogo.cn/";

  private final JsonMapper json;

  OpenDataReader(JsonMapper json) {
    this.json = json;
  }

  /** Reads data; empty if it is no JSON, another person's or mini program's, or not fresh. */
  Optional<OpenedData> read(String text, Identity identity, Instant now) {
    try {
      JsonNode data = json.readValue(text, Argument.of(JsonNode.class));
      return data != null && data.isObject() ? read(data, identity, now) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<OpenedData> read(JsonNode data, Identity identity, Instant now)
      throws IOException {
    JsonNode watermark = data.get(WATERMARK);
    boolean ours =
        watermark != null
            && text(watermark, "appid").filter(identity.appId().value()::equals).isPresent();
    boolean theirs =
        data.get(OPEN_ID) == null
            || text(data, OPEN_ID).filter(identity.openId().value()::equals).isPresent();
    Optional<Instant> made = ours ? time(watermark) : Optional.empty();
    if (made.isEmpty() || !theirs) {
      return Optional.empty();
    }
    Instant at = made.get();
    return Duration.between(at, now).abs().compareTo(OpenData.GOOD_FOR) > 0
        ? Optional.empty()
        : Optional.of(new OpenedData(withoutIds(data), at, phone(data), profile(data)));
  }

  private static Optional<Instant> time(JsonNode watermark) {
    return text(watermark, "timestamp")
        .filter(seconds -> seconds.matches("\\d{1,12}"))
        .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)));
  }

  private String withoutIds(JsonNode data) throws IOException {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : data.entries()) {
      if (!Set.of(OPEN_ID, UNION_ID, WATERMARK).contains(field.getKey())) {
        fields.put(field.getKey(), field.getValue());
      }
    }
    return json.writeValueAsString(JsonNode.createObjectNode(fields));
  }

  private static Optional<PhoneNumber> phone(JsonNode data) {
    try {
      return text(data, "countryCode")
          .flatMap(
              code -> text(data, "purePhoneNumber").map(number -> new PhoneNumber(code, number)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ProfileChange profile(JsonNode data) {
    Map<ProfileField, Optional<String>> values = new EnumMap<>(ProfileField.class);
    for (ProfileField field : ProfileField.values()) {
      text(data, NAMES.getOrDefault(field, field.key()))
          .flatMap(value -> field == ProfileField.AVATAR_URL ? picture(value) : Optional.of(value))
          .filter(value -> field.objectionTo(value).isEmpty())
          .ifPresent(value -> values.put(field, Optional.of(value)));
    }
    return new ProfileChange(values);
  }

  /** The https URL of a picture at WeChat; empty if it is elsewhere. */
  private static Optional<String> picture(String url) {
    String secure = url.startsWith(OLD_PICTURES) ? url.replaceFirst("http", "https") : url;
    return Optional.of(secure).filter(ProfileField::isPictureOfWeChat);
  }

  private static Optional<String> text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value == null || !(value.isString() || value.isNumber())
        ? Optional.empty()
        : Optional.of(value.coerceStringValue()).filter(text -> !text.isBlank());
  }
}
