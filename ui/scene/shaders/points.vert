/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A point as a sprite; with QUADS, as four corners: for those too large for a sprite, or with their centre outside. */
uniform highp sampler2D places;
uniform highp usampler2D looks;

flat out vec4 point_colour;
flat out vec4 point_shape;    /* centre in pixels, radius, fog */
flat out uint point_flags;

void drop()
{
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
#ifndef QUADS
  gl_PointSize = 1.0;
#endif
}

/* What is later in the scene lies over what is earlier. */
float get_depth(uint number, float depth)
{
  if (view_points.w > 0.5)
    return 0.5 - float(number) / max(view_picture.w, 1.0);
  return to_clip_depth(depth);
}

void main()
{
#ifdef QUADS
  uint index = uint(gl_VertexID) >> 2u;
#else
  uint index = uint(gl_VertexID);
#endif
  vec4 place = texelFetch(places, table_place(index), 0);
  uvec2 look = texelFetch(looks, table_place(index), 0).xy;
  vec3 eye = to_eye(place.xyz);

  point_flags = look.y >> 27u;
  point_colour = vec4(0.0);
  point_shape = vec4(0.0);
  drop();
  if ((point_flags & POINT_HIDDEN) != 0u || !is_before_eye(eye.z))
    return;

  float radius = get_radius(place.w, eye.z);
#ifndef QUADS
  if (radius > view_points.z)
    return;
#endif
  point_colour = vec4(uvec4(look.x, look.x >> 8u, look.x >> 16u, look.x >> 24u) & 255u) / 255.0;
  if ((point_flags & POINT_DIMMED) != 0u)
    point_colour.a *= 0.2;
  point_shape = vec4(to_pixels(eye), radius, get_fog(eye.z));

  float outer = radius + 1.0;
  if ((point_flags & (POINT_SELECTED | POINT_MARKED)) != 0u)
    outer += 7.5 * view_picture.z;
  vec2 pixels = point_shape.xy;
#ifdef QUADS
  pixels += outer * (vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1) * 2.0 - 1.0);
#else
  gl_PointSize = 2.0 * outer;
#endif
  gl_Position = vec4(to_clip(pixels), get_depth(look.y & 0x7ffffffu, eye.z), 1.0);
}
