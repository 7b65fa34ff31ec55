package dev.minilogin.simulator.platform;

/** A user in an app: whom an openid stands for. */
record Owner(String appId, String user) {}
