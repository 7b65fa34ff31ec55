package dev.minilogin.domain.user;

import dev.minilogin.domain.identifier.PlainText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of a profile, named as in {@code wx.getUserProfile}: what a text must look like to be
 * a value, and which texts stand for "not known".
 */
public enum ProfileField {
  /** What the user wants to be called; any script, emoji included. */
  NICKNAME("nickname", 32),
  /**
   * Where the picture is: an https URL, never fetched by this server, or the path of a picture of
   * ours.
   */
  AVATAR_URL("avatarUrl", 512),
  /** {@code 1} male, {@code 2} female; {@code 0} stands for not known. */
  GENDER("gender", 1),
  /** A province's name or code, as the client's region picker gives it. */
  PROVINCE("province", 64),
  /** A city's name. */
  CITY("city", 64),
  /** A country's name or code. */
  COUNTRY("country", 64),
  /** A language tag in WeChat's or BCP 47's spelling, {@code zh_CN} or {@code en}. */
  LANGUAGE("language", 16);

  /**
   * What WeChat has put in place of every user's nickname since November 2022 (小程序用户头像昵称获取规则调整公告).
   */
  private static final String NICKNAME_OF_EVERYBODY = "微信用户";

  /** The path of the grey picture that comes with it, whatever its host and size. */
  private static final String AVATAR_OF_EVERYBODY =
      "/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/";

  private static final Set<String> HOSTS_OF_WECHAT = Set.of("wx.qlogo.cn", "thirdwx.qlogo.cn");

  private static final Pattern OWN_PICTURE = Pattern.compile("/avatars/[A-Za-z0-9]{32}");

  private final String key;
  private final int longest;

  ProfileField(String key, int longest) {
    this.key = key;
    this.longest = longest;
  }

  /** The field's name in JSON and in the docs. */
  public String key() {
    return key;
  }

  /** The greatest length of a value, in Unicode code points. */
  public int longest() {
    return longest;
  }

  /** The field with that name, if there is one. */
  public static Optional<ProfileField> byKey(String key) {
    for (ProfileField field : values()) {
      if (field.key.equals(key)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a text stands for "not known": it is empty, or what WeChat shows for everybody. Such a
   * text never replaces a known value.
   */
  public boolean isPlaceholder(String text) {
    return text.isBlank()
        || switch (this) {
          case NICKNAME -> text.equals(NICKNAME_OF_EVERYBODY);
          case AVATAR_URL -> text.contains(AVATAR_OF_EVERYBODY);
          case GENDER -> text.equals("0");
          case PROVINCE, CITY, COUNTRY, LANGUAGE -> false;
        };
  }

  /**
   * What is wrong with a text as a value of this field, in words for a developer.
   *
   * @return empty if nothing is
   */
  public Optional<String> objectionTo(String text) {
    Optional<String> objection = PlainText.objectionTo(text, longest);
    if (objection.isPresent()) {
      return objection;
    }
    return switch (this) {
      case GENDER ->
          Set.of("", "0", "1", "2").contains(text)
              ? Optional.empty()
              : Optional.of("must be 0 (unknown), 1 (male) or 2 (female)");
      case AVATAR_URL ->
          text.isBlank() || isHttpsUrl(text) || OWN_PICTURE.matcher(text).matches()
              ? Optional.empty()
              : Optional.of("must be an https URL without credentials");
      case NICKNAME, PROVINCE, CITY, COUNTRY, LANGUAGE -> Optional.empty();
    };
  }

  /**
   * Whether an avatar's address is one of those where WeChat shows pictures that it has looked at.
   * Other hosts below qlogo.cn show whatever a QQ user shows at the moment.
   */
  public static boolean isPictureOfWeChat(String avatarUrl) {
    return isHttpsUrl(avatarUrl) && HOSTS_OF_WECHAT.contains(URI.create(avatarUrl).getHost());
  }

  private static boolean isHttpsUrl(String text) {
    try {
      URI uri = new URI(text);
      return "https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
