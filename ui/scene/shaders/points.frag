/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a picture at rest are two: what covers its pixels in full, with depth, and then the rest, blended
 * over it. While it moves, both at once, without smooth rims. */
const int PART_CORES = 0;
const int PART_RIMS = 1;
const int PART_ALL = 2;

const vec3 LIGHT = vec3(-0.42, 0.55, 0.72);
const vec3 HALF_WAY = vec3(-0.226, 0.296, 0.928);

uniform int part;

flat in vec4 point_colour;
flat in vec4 point_shape;
flat in uint point_flags;

out vec4 colour;

vec3 shade_sphere(vec2 at, float radius)
{
  vec2 across = at / max(radius, 1.0);
  vec3 normal = vec3(across, sqrt(max(1.0 - dot(across, across), 0.0)));
  float light = max(dot(normal, LIGHT), 0.0);
  float gloss = max(dot(normal, HALF_WAY), 0.0);

  gloss *= gloss;
  gloss *= gloss;
  gloss *= gloss;
  gloss *= gloss;
  return point_colour.rgb * (0.5 + 0.24 * normal.z + 0.36 * light) + 0.3 * gloss * gloss;
}

/* A thin outline of the same hue, so that discs over each other stay apart. */
vec3 shade_disc(float distance, float radius)
{
  float line = min(1.25 * view_picture.z, 0.3 * radius);
  float outline = clamp(distance - (radius - line) + 0.5, 0.0, 1.0);

  return mix(point_colour.rgb, point_colour.rgb * 0.62, outline);
}

/* Selected: a ring; marked: one of dashes, outside of it where there are both. */
vec4 get_rings(vec2 at, float distance, float radius)
{
  float pixel = view_picture.z;
  float middle = radius + 2.75 * pixel;
  vec4 rings = vec4(0.0);

  if ((point_flags & POINT_SELECTED) != 0u)
    {
      rings = view_selection * clamp(pixel + 0.5 - abs(distance - middle), 0.0, 1.0);
      middle += 3.25 * pixel;
    }
  if ((point_flags & POINT_MARKED) != 0u)
    {
      float dashes = clamp(2.0 * sin(atan(at.y, at.x) * 9.0) + 0.7, 0.0, 1.0);
      rings += view_foreground * dashes * clamp(pixel + 0.5 - abs(distance - middle), 0.0, 1.0);
    }
  return rings;
}

void main()
{
  vec2 at = gl_FragCoord.xy - point_shape.xy;
  float radius = point_shape.z;
  float distance = length(at);
  float cover = clamp(radius + 0.5 - distance, 0.0, 1.0);
  float opacity = cover * point_colour.a;

  if (part == PART_CORES && opacity < 1.0)
    discard;

  vec3 shaded = view_effects.x > 0.5 ? shade_sphere(at, radius) : shade_disc(distance, radius);
  shaded = mix(shaded, view_background.rgb, point_shape.w);
  colour = vec4(shaded, 1.0) * (part == PART_RIMS && opacity >= 1.0 ? 0.0 : opacity);

  if (part != PART_CORES && (point_flags & (POINT_SELECTED | POINT_MARKED)) != 0u)
    {
      vec4 rings = get_rings(at, distance, radius);
      colour = rings + colour * (1.0 - rings.a);
    }
  if (part == PART_RIMS && colour.a < 0.004)
    discard;
  if (part == PART_ALL)
    {
      /* What is seen through leaves out three pixels of four. */
      bool kept = point_colour.a > 0.9 || ((int(gl_FragCoord.x) | int(gl_FragCoord.y)) & 1) == 0;
      float drawn = max(cover, colour.a);
      if (drawn < 0.5 || !kept)
        discard;
      colour = vec4(cover >= 0.5 ? shaded : colour.rgb / colour.a, 1.0);
    }
}
