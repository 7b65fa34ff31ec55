package dev.minilogin.bootstrap;

final class Wiring {}
