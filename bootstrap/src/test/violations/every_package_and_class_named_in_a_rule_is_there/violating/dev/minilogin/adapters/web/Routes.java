package dev.minilogin.adapters.web;

final class Routes {}
