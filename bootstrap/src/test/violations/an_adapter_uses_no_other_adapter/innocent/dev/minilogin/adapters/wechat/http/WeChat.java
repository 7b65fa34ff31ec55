package dev.minilogin.adapters.wechat.http;

public final class WeChat {}
