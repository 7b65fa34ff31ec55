package dev.minilogin.domain.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:20:30.123Z");

  private final SecureRandom random = new SecureRandom();

  @Test
  void is_a_uuid_of_version_7_and_the_variant_of_rfc_9562() {
    for (int i = 0; i < 1000; i++) {
      UUID id = TimeOrderedId.make(AT, random);
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
    }
  }

  @Test
  void begins_with_the_time_in_milliseconds() {
    assertThat(timeOf(TimeOrderedId.make(AT, random))).isEqualTo(AT.toEpochMilli());
    assertThat(timeOf(TimeOrderedId.make(AT.plusNanos(999_999), random)))
        .isEqualTo(AT.toEpochMilli());
    assertThat(timeOf(TimeOrderedId.make(Instant.EPOCH, random))).isZero();
    // The last time that 48 bits can say: in the year 10889.
    long last = (1L << 48) - 1;
    assertThat(timeOf(TimeOrderedId.make(Instant.ofEpochMilli(last), random))).isEqualTo(last);
  }

  @Test
  void sorts_by_time_as_text_and_so_as_bytes() {
    List<String> ids =
        LongStream.range(0, 2000)
            .mapToObj(i -> TimeOrderedId.make(AT.plusMillis(i * 37), random).toString())
            .toList();
    assertThat(ids).isSorted();
  }

  @Test
  void ten_thousand_of_one_millisecond_are_distinct() {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(TimeOrderedId.make(AT, random));
    }
    assertThat(ids).hasSize(10_000);
  }

  @Test
  void all_other_74_bits_are_random() {
    UUID first = TimeOrderedId.make(AT, random);
    long highFlips = 0;
    long lowFlips = 0;
    for (int i = 0; i < 1000; i++) {
      UUID next = TimeOrderedId.make(AT, random);
      highFlips |= next.getMostSignificantBits() ^ first.getMostSignificantBits();
      lowFlips |= next.getLeastSignificantBits() ^ first.getLeastSignificantBits();
    }
    assertThat(highFlips).isEqualTo(0x0FFFL);
    assertThat(lowFlips).isEqualTo(0x3FFF_FFFF_FFFF_FFFFL);
  }

  private static long timeOf(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }
}
