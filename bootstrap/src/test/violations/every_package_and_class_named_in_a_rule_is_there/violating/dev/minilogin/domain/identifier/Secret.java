package dev.minilogin.domain.identifier;

interface Secret {}
