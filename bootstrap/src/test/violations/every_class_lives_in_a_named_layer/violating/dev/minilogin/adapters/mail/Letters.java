package dev.minilogin.adapters.mail;

final class Letters {}
