package dev.minilogin.domain.session;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

record UsesTheJdk(Duration lifetime, Pattern form, BigInteger number, UserName holder) {
  byte[] mac(SecretKeySpec key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(key);
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  record UserName(String value) {}
}
