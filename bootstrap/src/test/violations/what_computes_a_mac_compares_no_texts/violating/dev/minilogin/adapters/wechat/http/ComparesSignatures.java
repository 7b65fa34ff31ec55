package dev.minilogin.adapters.wechat.http;

import java.security.MessageDigest;
import java.util.HexFormat;

final class ComparesSignatures {
  boolean verifies(MessageDigest sha1, byte[] message, String signature) {
    return HexFormat.of().formatHex(sha1.digest(message)).equals(signature);
  }
}
