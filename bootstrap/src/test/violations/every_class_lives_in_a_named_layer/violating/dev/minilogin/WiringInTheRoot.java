package dev.minilogin;

final class WiringInTheRoot {}
