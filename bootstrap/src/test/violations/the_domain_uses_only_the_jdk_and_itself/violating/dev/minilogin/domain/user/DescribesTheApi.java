package dev.minilogin.domain.user;

import io.swagger.v3.oas.annotations.media.Schema;

record DescribesTheApi(@Schema(description = "A name") String name) {}
