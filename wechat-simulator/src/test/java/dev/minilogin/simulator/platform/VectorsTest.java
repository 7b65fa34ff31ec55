package dev.minilogin.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * WeChat's published samples, byte for byte; what is not theirs is said to be computed (with Python
 * and OpenSSL).
 */
class VectorsTest {

  private static final String APP = "wx4f4bc4dec97d474b";
  private static final String KEY = "tiihtNczf5v6AKRyjwEUhQ==";
  private static final String IV = "r7BXXKkLb8qrSNn05n0qiA==";

  private static final String USER =
      "{\"openId\":\"oGZUI0egBJY1zhBYw2KhdUfwVJJE\",\"nickName\":\"Band\",\"gender\":1,"
          + "\"language\":\"zh_CN\",\"city\":\"Guangzhou\",\"province\":\"Guangdong\","
          + "\"country\":\"CN\",\"avatarUrl\":\"http://wx.qlogo.cn/mmopen/vi_32/"
          + "aSKcBBPpibyKNicHNTMM0qJVh8Kjgiak2AHWr8MHM4WgMEm7GFhsf8OYrySdbvAMvTsw3mo8ibKicsnfN5pRjl1p8HQ"
          + "/0\",\"unionId\":\"ocMvos6NjeKLIBqg5Mr9QjxrP1FA\"}";
  private static final String USER_ENCRYPTED =
      "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS"
          + "9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142d"
          + "NCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6"
          + "/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn"
          + "/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4P"
          + "C7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns"
          + "/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYV"
          + "oKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuy"
          + "Db/XcxxmK01EpqOyuxINew==";

  /** Computed. */
  private static final String PHONE =
      "{\"phoneNumber\":\"13580006666\",\"purePhoneNumber\":\"13580006666\","
          + "\"countryCode\":\"86\"}";

  /** Computed. */
  private static final String PHONE_ENCRYPTED =
      "xT8p8W6jIVdEWQ+ccHuD2bmG5RSiwg14VWRFw/UGVh6Aj+jDIadafJ4xdCIBQ/ux"
          + "Diyw/MZWvpFyRn3pP3xxVfNQxFtzghvK+Pj5JQI7x412Zc+UKBdZyt5yiQboroSx"
          + "yoV8mzt8NIte9rdxdif4zsuVIitkyUnIGjLphyruj7RmS/fgw1Be7IpCva0zzK3l"
          + "gKGSAJWdP3wedPdlaCzjUw==";

  @Test
  void open_data_of_the_documentation() throws GeneralSecurityException {
    assertEncrypts(USER, 1477314187, USER_ENCRYPTED);
  }

  @Test
  void a_phone_number() throws GeneralSecurityException {
    assertEncrypts(PHONE, 1637744274, PHONE_ENCRYPTED);
  }

  @Test
  void the_signature_of_raw_data() {
    String rawData =
        "{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\",\"city\":\"Guangzhou\","
            + "\"province\":\"Guangdong\",\"country\":\"CN\",\"avatarUrl\":"
            + "\"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6"
            + "nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0\"}";

    assertThat(Digests.rawDataSignature(rawData, "HyVFkGl5F5OQWJZZaNzBBg=="))
        .isEqualTo("75e81ceda165f4ffa64f4068af58c64b8f54b88c");
  }

  /** The first line is WeChat's, the others are computed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "o0q0otL8aEzpcZL/FT9WsQ== | {\"foo\":\"bar\"}"
            + " | 654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b",
        "o0q0otL8aEzpcZL/FT9WsQ== | ''"
            + " | 46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128",
        "tiihtNczf5v6AKRyjwEUhQ== | ''"
            + " | 7154f9f8b4b76b92f541cbf0e37d48840fa06e5e42da92a6f80168a1516a4735",
        "HyVFkGl5F5OQWJZZaNzBBg== | ''"
            + " | 252b75c92698025afe925b29cca5517fdf9ee67aae072cf3225ebf3a53783058",
      })
  void the_signature_of_a_session(String sessionKey, String message, String signature) {
    assertThat(Digests.hmac(sessionKey, message)).isEqualTo(signature);
  }

  private static void assertEncrypts(String json, long at, String encrypted)
      throws GeneralSecurityException {
    String plainText = PhoneData.watermarked(json, APP, Instant.ofEpochSecond(at));

    assertThat(OpenDataCipher.encrypt(KEY, IV, plainText)).isEqualTo(encrypted);
    assertThat(decrypt(encrypted)).isEqualTo(plainText);
  }

  private static String decrypt(String encrypted) throws GeneralSecurityException {
    Base64.Decoder base64 = Base64.getDecoder();
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(base64.decode(KEY), "AES"),
        new IvParameterSpec(base64.decode(IV)));
    return new String(cipher.doFinal(base64.decode(encrypted)), StandardCharsets.UTF_8);
  }
}
