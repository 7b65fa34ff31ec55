package dev.minilogin.simulator.platform;

import java.util.List;

/** A word by which this platform tells risky text, as WeChat's models are not to be had. */
record Marker(String text, Suggest suggest) {

  static final List<Marker> ALL =
      List.of(
          new Marker("risky", Suggest.RISKY),
          new Marker("违规", Suggest.RISKY),
          new Marker("review", Suggest.REVIEW),
          new Marker("疑似", Suggest.REVIEW));
}
