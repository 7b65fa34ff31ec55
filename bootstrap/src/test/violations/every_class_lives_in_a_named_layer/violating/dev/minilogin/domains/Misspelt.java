package dev.minilogin.domains;

final class Misspelt {}
