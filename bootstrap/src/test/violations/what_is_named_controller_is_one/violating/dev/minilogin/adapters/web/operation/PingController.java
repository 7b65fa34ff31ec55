package dev.minilogin.adapters.web.operation;

final class PingController {}
