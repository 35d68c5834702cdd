/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all programs share; as EngramSceneView in engram-scene-renderer-private.h. */
layout(std140) uniform View {
  mat4 view_eye;        /* world to eye space, which looks along -z */
  vec4 view_picture;    /* width, height, pixels of a pixel of the style, how many points there are */
  vec4 view_lens;       /* focal length, near and far depth, 1 where perspective */
  vec4 view_points;     /* radius of size 1, depth of the target, greatest radius of a sprite, 1 where flat */
  vec4 view_effects;    /* 1 where lit, strength of the fog, how many edges have arrows, 0 */
  vec4 view_background;
  vec4 view_foreground;
  vec4 view_exciting;
  vec4 view_inhibiting;
  vec4 view_selection;
};

const uint POINT_SELECTED = 1u;
const uint POINT_DIMMED = 2u;
const uint POINT_HIDDEN = 4u;
const uint POINT_MARKED = 16u;

/* Tables are as wide as TABLE_WIDTH in engram-scene-renderer-private.h. */
ivec2 table_place(uint index)
{
  return ivec2(int(index & 2047u), int(index >> 11u));
}

vec3 to_eye(vec3 place)
{
  vec3 eye = (view_eye * vec4(place, 1.0)).xyz;
  return vec3(eye.xy, -eye.z);
}

/* From eye space with the depth as z to pixels, their origin bottom left. */
vec2 to_pixels(vec3 eye)
{
  float scale = view_lens.w > 0.5 ? view_lens.x / eye.z : view_lens.x;
  return eye.xy * scale + view_picture.xy * 0.5;
}

vec2 to_clip(vec2 pixels)
{
  return pixels / view_picture.xy * 2.0 - 1.0;
}

float to_clip_depth(float depth)
{
  float near = view_lens.y;
  float far = view_lens.z;
  if (view_lens.w > 0.5)
    return (far + near - 2.0 * far * near / depth) / (far - near);
  return (2.0 * depth - far - near) / (far - near);
}

bool is_before_eye(float depth)
{
  return view_lens.w < 0.5 || depth >= view_lens.y;
}

/* How much larger than at the target. */
float get_ratio(float depth)
{
  return view_lens.w > 0.5 ? view_points.y / depth : 1.0;
}

float get_radius(float size, float depth)
{
  return max(view_points.x * size * get_ratio(depth), view_picture.z);
}

float get_fog(float depth)
{
  return view_effects.y * clamp((depth - view_lens.y) / (view_lens.z - view_lens.y), 0.0, 1.0);
}
