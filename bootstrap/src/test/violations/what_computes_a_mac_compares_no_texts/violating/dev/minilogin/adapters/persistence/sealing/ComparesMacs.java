package dev.minilogin.adapters.persistence.sealing;

import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;

final class ComparesMacs {
  boolean verifies(Mac mac, byte[] message, String expected) {
    return Objects.equals(Base64.getEncoder().encodeToString(mac.doFinal(message)), expected);
  }
}
