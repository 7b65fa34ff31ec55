package dev.minilogin.application.user;

final class UpdateProfile {}
