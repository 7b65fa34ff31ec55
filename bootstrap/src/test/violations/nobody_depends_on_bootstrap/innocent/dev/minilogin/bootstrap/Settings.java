package dev.minilogin.bootstrap;

public final class Settings {}
