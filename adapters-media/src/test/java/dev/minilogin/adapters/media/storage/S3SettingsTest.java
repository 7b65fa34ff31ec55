package dev.minilogin.adapters.media.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3SettingsTest {
  @Test
  void the_secret_is_masked() {
    S3Settings settings = settings("https://cos.ap-guangzhou.myqcloud.com", "ap-guangzhou", "a-1");
    assertThat(settings.toString())
        .contains("https://cos.ap-guangzhou.myqcloud.com", "ap-guangzhou", "a-1")
        .doesNotContain("top-secret", "an-id");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://store,             us-east-1, bucket",
    "store,                   us-east-1, bucket",
    "https:///,               us-east-1, bucket",
    "https://user@store,      us-east-1, bucket",
    "https://store/path,      us-east-1, bucket",
    "https://store?x=1,       us-east-1, bucket",
    "https://store,           US EAST,   bucket",
    "https://store,           us-east-1, Bucket",
    "https://store,           us-east-1, b",
    "https://store,           us-east-1, bucket/../other"
  })
  void malformed_settings_are_refused(String endpoint, String region, String bucket) {
    assertThatIllegalArgumentException().isThrownBy(() -> settings(endpoint, region, bucket));
  }

  @Test
  void both_parts_of_the_key_are_needed() {
    URI endpoint = URI.create("https://store");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new S3Settings(endpoint, "us-east-1", "bucket", " ", "secret", true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new S3Settings(endpoint, "us-east-1", "bucket", "id", "", true));
  }

  private static S3Settings settings(String endpoint, String region, String bucket) {
    return new S3Settings(URI.create(endpoint), region, bucket, "an-id", "top-secret", true);
  }
}
