package dev.minilogin.adapters.wechat.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import io.micronaut.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whatever comes as open data: it is opened only if the JDK's own cipher opens it too, if another
 * parser finds our appid, this person and this hour in it, and if what is signed is signed right.
 */
class OpenDataFuzzTest {
  private static final AppId APP = new AppId("wx4f4bc4dec97d474b");
  private static final OpenId PERSON = new OpenId("oGZUI0egBJY1zhBYw2KhdUfwVJJE");
  private static final SessionKey KEY = new SessionKey("tiihtNczf5v6AKRyjwEUhQ==");
  private static final Instant NOW = Instant.ofEpochSecond(1477314187);
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final EncryptKey CHANNEL =
      new EncryptKey("VI6BpyrK9XH4i4AIGe86tg==", "6003f73ec441c386", 10, Duration.ofHours(1));

  private static final Identity IDENTITY = new Identity(APP, PERSON, Sample.userId(), List.of(KEY));

  private final WeChatOpenData openData = new WeChatOpenData(JsonMapper.createDefault());

  @FuzzTest
  void a_plaintext_of_any_bytes(byte[] input) throws JsonProcessingException {
    EncryptedData data = PhoneSide.encrypt(KEY, input);
    Optional<OpenedData> opened = openData.open(IDENTITY, data, Optional.empty(), NOW);
    if (opened.isPresent()) {
      assertSaysThatItIsOurs(new String(input, StandardCharsets.UTF_8), opened.get());
    }
    SignedData signedWrong = new SignedData("{}", "0".repeat(40));
    assertThat(openData.open(IDENTITY, data, Optional.of(signedWrong), NOW)).isEmpty();
    assertThat(
            openData.open(IDENTITY, data, Optional.of(PhoneSide.sign(KEY, "{}")), NOW).isPresent())
        .isEqualTo(opened.isPresent());
  }

  /** Sixteen bytes of iv, and then the ciphertext. */
  @FuzzTest
  void a_ciphertext_of_any_bytes(byte[] input) {
    byte[] iv = Arrays.copyOf(input, 16);
    byte[] ciphertext = Arrays.copyOfRange(input, Math.min(16, input.length), input.length);
    if (EncryptedData.isDataWellFormed(base64(ciphertext))
        && openData
            .open(
                IDENTITY, new EncryptedData(base64(ciphertext), base64(iv)), Optional.empty(), NOW)
            .isPresent()) {
      assertThat(decrypt(KEY.reveal(), iv, ciphertext)).isPresent();
    }
    Optional<String> message = openData.decrypt(CHANNEL, base64(ciphertext));
    Optional<byte[]> other =
        decrypt(CHANNEL.reveal(), CHANNEL.iv().getBytes(StandardCharsets.US_ASCII), ciphertext);
    message.ifPresent(
        text -> assertThat(other.orElseThrow()).isEqualTo(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Two lines: ciphertext and iv, in base64 or not. */
  @FuzzTest
  void texts_that_should_be_base64(byte[] input) {
    String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    String iv = lines.length > 1 ? lines[1] : "";
    if (EncryptedData.isDataWellFormed(lines[0]) && EncryptedData.isIvWellFormed(iv)) {
      byte[] ciphertext = Base64.getDecoder().decode(lines[0]);
      byte[] ivBytes = Base64.getDecoder().decode(iv);
      if (openData
          .open(IDENTITY, new EncryptedData(lines[0], iv), Optional.empty(), NOW)
          .isPresent()) {
        assertThat(decrypt(KEY.reveal(), ivBytes, ciphertext)).isPresent();
      }
    }
  }

  private static void assertSaysThatItIsOurs(String text, OpenedData opened)
      throws JsonProcessingException {
    JsonNode data = JACKSON.readTree(text);
    JsonNode watermark = data.get("watermark");
    assertThat(watermark.get("appid").asText()).isEqualTo(APP.value());
    assertThat(watermark.get("timestamp").asLong()).isEqualTo(opened.at().getEpochSecond());
    assertThat(Duration.between(opened.at(), NOW).abs()).isLessThanOrEqualTo(Duration.ofMinutes(5));
    if (data.has("openId")) {
      assertThat(data.get("openId").asText()).isEqualTo(PERSON.value());
    }
    JsonNode shown = JACKSON.readTree(opened.json());
    assertThat(shown.isObject()).isTrue();
    assertThat(shown.has("openId") || shown.has("unionId") || shown.has("watermark")).isFalse();
    assertThat(opened.toString()).doesNotContain(PERSON.value());
  }

  private static Optional<byte[]> decrypt(String key, byte[] iv, byte[] ciphertext) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(Base64.getDecoder().decode(key), "AES"),
          new IvParameterSpec(iv));
      return Optional.of(cipher.doFinal(ciphertext));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
