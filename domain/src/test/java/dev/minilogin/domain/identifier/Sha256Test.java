package dev.minilogin.domain.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Test {
  @Test
  void hashes_as_fips_180_says() {
    assertThat(Sha256.hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.hex(""))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void hashes_the_bytes_of_utf_8() {
    assertThat(Sha256.hex("微信"))
        .isEqualTo(Sha256.hex(new String(new char[] {'\u5fae', '\u4fe1'})))
        .isNotEqualTo(Sha256.hex("??"));
  }
}
