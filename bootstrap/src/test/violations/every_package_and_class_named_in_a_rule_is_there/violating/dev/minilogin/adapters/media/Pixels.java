package dev.minilogin.adapters.media;

final class Pixels {}
