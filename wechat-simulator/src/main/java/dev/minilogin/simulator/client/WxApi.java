package dev.minilogin.simulator.client;

import dev.minilogin.simulator.client.WxResult.Failure;

/** The {@code wx} APIs of this phone that can fail, by the name that begins their errMsg. */
enum WxApi {
  LOGIN("login"),
  REQUEST("request"),
  UPLOAD_FILE("uploadFile"),
  GET_PHONE_NUMBER("getPhoneNumber"),
  GET_USER_PROFILE("getUserProfile"),
  GET_LATEST_USER_KEY("getLatestUserKey");

  private final String label;

  WxApi(String label) {
    this.label = label;
  }

  /** The failure of a call. */
  Failure fail(int errno, String why) {
    return new Failure(errno, fail(why));
  }

  /** The errMsg of a call that failed. */
  String fail(String why) {
    return label + ":fail " + why;
  }
}
