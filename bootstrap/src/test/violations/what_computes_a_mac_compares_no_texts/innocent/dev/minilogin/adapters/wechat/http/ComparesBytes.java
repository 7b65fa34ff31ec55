package dev.minilogin.adapters.wechat.http;

import java.security.MessageDigest;

final class ComparesBytes {
  boolean verifies(MessageDigest sha1, byte[] message, byte[] signature) {
    return MessageDigest.isEqual(sha1.digest(message), signature);
  }
}
