package dev.minilogin.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.operation.Actor;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventTest {
  private static final AuditEvent EVENT = AuditEvent.of(Kind.LOGIN, Actor.USER, Instant.EPOCH);

  @ParameterizedTest
  @ValueSource(strings = {"a", "new-user", "x2", "abcdefghijklmnopqrstuvwxyz-12345"})
  void a_detail_has_a_plain_name(String name) {
    assertThat(EVENT.with(name, 1).details()).containsOnly(Map.entry(name, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1", "a b", "a=b", "a\nb", "昵称"})
  void another_name_is_refused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.with(name, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a=b", "小明", "<b>", "\u0000"})
  void a_value_is_plain_too(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.with("name", value));
  }

  @Test
  void a_value_and_the_number_of_details_are_bounded() {
    assertThat(EVENT.with("name", "x".repeat(64)).details()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.with("name", "x".repeat(65)));
    AuditEvent full = EVENT;
    for (int i = 0; i < AuditEvent.MOST_DETAILS; i++) {
      full = full.with("d" + i, i);
    }
    AuditEvent most = full;
    assertThatIllegalArgumentException().isThrownBy(() -> most.with("another", 1));
  }

  @Test
  void times_have_millisecond_precision() {
    Instant exact = Instant.parse("2026-03-01T10:20:30.123456Z");
    assertThat(AuditEvent.of(Kind.LOGIN, Actor.USER, exact).at())
        .isEqualTo(Instant.parse("2026-03-01T10:20:30.123Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n", "安", "a/b"})
  void an_operators_name_is_plain(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> Actor.operator(name));
  }

  @Test
  void a_head_is_read_as_it_is_printed() {
    AuditHead head = new AuditHead(42, "0a".repeat(32));
    assertThat(AuditHead.parse(head.toString())).isEqualTo(head);
    assertThat(AuditHead.parse(AuditHead.BEGINNING.toString())).isEqualTo(AuditHead.BEGINNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "42:", "42:0a", "-1:00", "9999999999999999999:", "head"})
  void another_text_is_no_head(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AuditHead.parse(text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuditHead.parse("9999999999999999999:" + "0a".repeat(32)));
  }
}
