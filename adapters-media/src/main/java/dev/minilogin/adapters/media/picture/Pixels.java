package dev.minilogin.adapters.media.picture;

/**
 * A picture without transparency.
 *
 * @param rgb row by row, 0xRRGGBB; belongs to this picture
 */
record Pixels(int width, int height, int[] rgb) {}
