package dev.minilogin.domain.push;

import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.wechat.OpenId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a push says, as far as that is acted on here (授权用户信息变更; 多媒体内容安全识别).
 *
 * @see <a href="https://developers.weixin.qq.com/miniprogram/dev/framework/security.html">安全指引</a>
 */
public sealed interface PushContent {
  /** WeChat cleaned the person's nickname or avatar at its side, because they were risky. */
  String USER_INFO_MODIFIED = "user_info_modified";

  /** The person withdrew authorisation for some data. */
  String USER_AUTHORIZATION_REVOKE = "user_authorization_revoke";

  /** The person closed their WeChat account. */
  String USER_AUTHORIZATION_CANCELLATION = "user_authorization_cancellation";

  /** A picture was looked at. */
  String WXA_MEDIA_CHECK = "wxa_media_check";

  /** Nickname and avatar must be refreshed or cleared. */
  record Modified(OpenId openId) implements PushContent {}

  /**
   * Some data must be erased.
   *
   * @param fields of the profile
   * @param phone whether the phone number, too
   */
  record Revoked(OpenId openId, Set<ProfileField> fields, boolean phone) implements PushContent {
    public Revoked {
      fields = Set.copyOf(fields);
    }
  }

  /** The account must be erased. */
  record Cancelled(OpenId openId) implements PushContent {}

  /**
   * A picture's check has ended.
   *
   * @param verdict empty if WeChat couldn't look at it
   */
  record Checked(TraceId trace, Optional<Verdict> verdict) implements PushContent {}

  /** Nothing that is acted on here. */
  record Other() implements PushContent {}

  /** What an event says. What is named so but lacks what it must say is {@link Other}. */
  static PushContent of(PushEvent event) {
    Optional<OpenId> person = event.field("OpenID").filter(OpenId::isWellFormed).map(OpenId::new);
    return switch (event.name()) {
      case USER_INFO_MODIFIED -> person.<PushContent>map(Modified::new).orElseGet(Other::new);
      case USER_AUTHORIZATION_REVOKE ->
          person.<PushContent>map(openId -> revoked(openId, event)).orElseGet(Other::new);
      case USER_AUTHORIZATION_CANCELLATION ->
          person.<PushContent>map(Cancelled::new).orElseGet(Other::new);
      case WXA_MEDIA_CHECK ->
          event
              .field("trace_id")
              .filter(TraceId::isWellFormed)
              .<PushContent>map(trace -> new Checked(new TraceId(trace), verdict(event)))
              .orElseGet(Other::new);
      default -> new Other();
    };
  }

  /**
   * {@code RevokeInfo}: 6 nickname and avatar, 8 phone number, 19 the nickname from the nickname
   * keyboard, 20 the avatar from chooseAvatar. What the other numbers stand for isn't kept here.
   * WeChat's sample has one number; a list is read, too.
   */
  private static Revoked revoked(OpenId openId, PushEvent event) {
    Set<ProfileField> fields = EnumSet.noneOf(ProfileField.class);
    boolean phone = false;
    for (String number : event.field("RevokeInfo").orElse("").split("[^0-9]+")) {
      switch (number) {
        case "6" -> fields.addAll(Set.of(ProfileField.NICKNAME, ProfileField.AVATAR_URL));
        case "8" -> phone = true;
        case "19" -> fields.add(ProfileField.NICKNAME);
        case "20" -> fields.add(ProfileField.AVATAR_URL);
        default -> {}
      }
    }
    return new Revoked(openId, fields, phone);
  }

  /** Version 2 has {@code result.suggest}; version 1 {@code isrisky} and {@code status_code}. */
  private static Optional<Verdict> verdict(PushEvent event) {
    if (!"0".equals(event.field("errcode").orElse("0"))
        || !"0".equals(event.field("status_code").orElse("0"))) {
      return Optional.empty();
    }
    Map<String, Verdict> suggestions =
        Map.of("pass", Verdict.PASS, "review", Verdict.REVIEW, "risky", Verdict.RISKY);
    return event
        .field("result.suggest")
        .map(text -> suggestions.get(text.toLowerCase(Locale.ROOT)))
        .or(
            () ->
                event
                    .field("isrisky")
                    .map(text -> "0".equals(text) ? Verdict.PASS : Verdict.RISKY));
  }
}
