package dev.minilogin.adapters.persistence.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** What proves a row of the audit log, its place in the chain, and the ends of the chain. */
final class AuditProof {
  /** The chain before the first link. */
  private static final byte[] BEGINNING = new byte[32];

  private AuditProof() {}

  /** The chain before the first link. */
  static byte[] beginning() {
    return BEGINNING.clone();
  }

  /** The MAC of what a row says. */
  static byte[] ofRow(SecretKey key, AuditRow row) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(content);
    try {
      write(out, row.id());
      out.writeLong(row.happenedAt());
      write(out, row.kind());
      write(out, row.actor());
      write(out, row.operator());
      write(out, row.userId());
      write(out, row.sessionId());
      write(out, row.appId());
      write(out, row.details());
      out.writeInt(row.macKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return mac(key, "row", content.toByteArray());
  }

  /** The chain with one more link. */
  static byte[] ofLink(SecretKey key, byte[] before, long seq, byte[] rowMac) {
    return mac(
        key,
        "link",
        ByteBuffer.allocate(before.length + Long.BYTES + rowMac.length)
            .put(before)
            .putLong(seq)
            .put(rowMac)
            .array());
  }

  /** The MAC of an end of the chain. */
  static byte[] ofMark(SecretKey key, String name, long seq, byte[] chain) {
    return mac(
        key,
        "mark " + name,
        ByteBuffer.allocate(Long.BYTES + chain.length).putLong(seq).put(chain).array());
  }

  static boolean isSame(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  /** With its length, so that nothing can move from one column into the next. */
  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] mac(SecretKey key, String purpose, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((purpose + '\n').getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
