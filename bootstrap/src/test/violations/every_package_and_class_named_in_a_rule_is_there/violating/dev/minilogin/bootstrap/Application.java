package dev.minilogin.bootstrap;

final class Application {}
