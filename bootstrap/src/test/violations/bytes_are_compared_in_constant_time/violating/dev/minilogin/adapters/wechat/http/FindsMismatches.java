package dev.minilogin.adapters.wechat.http;

import java.util.Arrays;

final class FindsMismatches {
  boolean same(byte[] a, byte[] b) {
    return Arrays.mismatch(a, b) < 0;
  }
}
