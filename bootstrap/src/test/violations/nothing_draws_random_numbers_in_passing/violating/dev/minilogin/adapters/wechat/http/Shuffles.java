package dev.minilogin.adapters.wechat.http;

import java.util.Collections;
import java.util.List;

final class Shuffles {
  void mix(List<String> hosts) {
    Collections.shuffle(hosts);
  }
}
