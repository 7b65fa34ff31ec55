package dev.minilogin.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.testing.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFieldTest {
  private static final String GREY_AVATAR =
      "https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132";

  @ParameterizedTest
  @CsvSource({
    "NICKNAME, nickname, 32",
    "AVATAR_URL, avatarUrl, 512",
    "GENDER, gender, 1",
    "PROVINCE, province, 64",
    "CITY, city, 64",
    "COUNTRY, country, 64",
    "LANGUAGE, language, 16"
  })
  void has_its_name_and_limit(ProfileField field, String key, int longest) {
    assertThat(field.key()).isEqualTo(key);
    assertThat(field.longest()).isEqualTo(longest);
    assertThat(ProfileField.byKey(key)).contains(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NICKNAME", "nickName", "avatarURL", "phone", "id"})
  void has_no_other_name(String key) {
    assertThat(ProfileField.byKey(key)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GENDER", "AVATAR_URL"})
  void a_text_is_measured_in_code_points(ProfileField field) {
    assertThat(field.objectionTo("😀".repeat(field.longest()))).isEmpty();
    assertThat(field.objectionTo("😀".repeat(field.longest() + 1)))
        .hasValueSatisfying(
            objection -> assertThat(objection).contains(String.valueOf(field.longest())));
    assertThat(field.objectionTo("n".repeat(field.longest() + 1))).isPresent();
  }

  @Test
  void a_url_of_512_characters_is_taken_and_a_longer_one_is_not() {
    String longest = "https://example.com/" + "a".repeat(492);
    assertThat(ProfileField.AVATAR_URL.objectionTo(longest)).isEmpty();
    assertThat(ProfileField.AVATAR_URL.objectionTo(longest + "a")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F})
  void control_characters_are_refused_anywhere(int control) {
    String character = Character.toString(control);
    for (ProfileField field : ProfileField.values()) {
      assertThat(field.objectionTo(character)).as("alone, %s", field).isPresent();
    }
    assertThat(ProfileField.NICKNAME.objectionTo("a" + character)).isPresent();
    assertThat(ProfileField.NICKNAME.objectionTo(character + "a")).isPresent();
    assertThat(ProfileField.AVATAR_URL.objectionTo("https://example.com/" + character)).isPresent();
  }

  @Test
  void lone_surrogates_are_refused_anywhere() {
    for (String text : new String[] {"\uD83D", "\uDE00", "a\uD83D", "\uDE00a", "\uDE00\uD83D"}) {
      for (ProfileField field : ProfileField.values()) {
        assertThat(field.objectionTo(text)).as("%s", field).isPresent();
      }
    }
    assertThat(ProfileField.NICKNAME.objectionTo("\uD83D\uDE00")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1", "2"})
  void a_gender_is_0_1_or_2(String gender) {
    assertThat(ProfileField.GENDER.objectionTo(gender)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "-1", "01", " ", "m", "１", "null"})
  void there_is_no_other_gender(String gender) {
    assertThat(ProfileField.GENDER.objectionTo(gender)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://example.com",
        "https://example.com/a.png",
        "HTTPS://EXAMPLE.COM:8443/a.png?size=132&v=1#x",
        "https://127.0.0.1/a.png",
        "https://[::1]/a.png",
        GREY_AVATAR
      })
  void an_avatar_is_an_https_url(String url) {
    assertThat(ProfileField.AVATAR_URL.objectionTo(url)).isEmpty();
  }

  @Test
  void the_path_of_a_picture_of_ours_is_an_avatar() {
    assertThat(ProfileField.AVATAR_URL.objectionTo(Sample.avatarKey().path())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/avatars/",
        "/avatars/0123456789ABCDEFGHIJabcdefghij0",
        "/avatars/0123456789ABCDEFGHIJabcdefghij012",
        "/avatars/0123456789ABCDEFGHIJabcdefghij-_",
        "/avatars/0123456789ABCDEFGHIJabcdefghij01?x=1",
        "/avatars/../0123456789ABCDEFGHIJabcdefghi",
        "avatars/0123456789ABCDEFGHIJabcdefghij01",
        "//avatars/0123456789ABCDEFGHIJabcdefghij01",
        "/AVATARS/0123456789ABCDEFGHIJabcdefghij01"
      })
  void no_other_path_is(String path) {
    assertThat(ProfileField.AVATAR_URL.objectionTo(path)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/a.png",
        "http://tmp/abc.jpeg",
        "wxfile://tmp_abc.jpg",
        "//example.com/a.png",
        "/a.png",
        "a.png",
        "https:",
        "https://",
        "https:///a.png",
        "https:example.com",
        "https://user@example.com/a.png",
        "https://user:secret@example.com/a.png",
        "https://@example.com/a.png",
        "https://exa mple.com/a.png",
        " https://example.com/a.png",
        "https://example.com/a b.png",
        "https://example.com/\"><script>",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd"
      })
  void nothing_else_is_an_avatar(String url) {
    assertThat(ProfileField.AVATAR_URL.objectionTo(url)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void empty_and_blank_stand_for_not_known(ProfileField field) {
    assertThat(field.isPlaceholder("")).isTrue();
    assertThat(field.isPlaceholder("  ")).isTrue();
    assertThat(field.isPlaceholder("\u3000")).isTrue();
  }

  @Test
  void what_wechat_shows_for_everybody_stands_for_not_known() {
    assertThat(ProfileField.NICKNAME.isPlaceholder("微信用户")).isTrue();
    assertThat(ProfileField.GENDER.isPlaceholder("0")).isTrue();
    assertThat(ProfileField.AVATAR_URL.isPlaceholder(GREY_AVATAR)).isTrue();
    assertThat(
            ProfileField.AVATAR_URL.isPlaceholder(
                GREY_AVATAR.replace("thirdwx", "wx").replace("/132", "/0")))
        .isTrue();
  }

  @Test
  void what_is_like_it_is_a_value() {
    assertThat(ProfileField.NICKNAME.isPlaceholder("微信用户1")).isFalse();
    assertThat(ProfileField.NICKNAME.isPlaceholder("0")).isFalse();
    assertThat(ProfileField.CITY.isPlaceholder("微信用户")).isFalse();
    assertThat(ProfileField.GENDER.isPlaceholder("1")).isFalse();
    assertThat(ProfileField.GENDER.isPlaceholder("2")).isFalse();
    assertThat(ProfileField.AVATAR_URL.isPlaceholder("https://example.com/a.png")).isFalse();
    assertThat(ProfileField.AVATAR_URL.isPlaceholder(GREY_AVATAR.replace("8rg", "8rh"))).isFalse();
  }
}
