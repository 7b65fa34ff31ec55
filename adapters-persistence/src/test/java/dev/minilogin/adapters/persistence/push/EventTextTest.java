package dev.minilogin.adapters.persistence.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTextTest {
  @Test
  void its_form_is_the_one_that_is_in_databases_already() {
    assertThat(EventText.write(Map.of("Event", "user_info_modified")))
        .isEqualTo("5:Event18:user_info_modified");
    assertThat(EventText.read("5:Event18:user_info_modified2:at0:"))
        .isEqualTo(Map.of("Event", "user_info_modified", "at", ""));
  }

  @Test
  void no_field_is_no_text() {
    assertThat(EventText.write(Map.of())).isEmpty();
    assertThat(EventText.read("")).isEmpty();
  }

  @Test
  void every_character_comes_back() {
    Map<String, String> fields =
        Map.of("a:1:b", "12:\n\0\"", "小明 😀", "5:Event", "", "😀", "empty", "");
    assertThat(EventText.read(EventText.write(fields))).isEqualTo(fields);
  }
}
