/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edge as it is seen: from the rim of one point to the rim of the other. */
uniform highp sampler2D places;
uniform highp usampler2D ends;
uniform highp sampler2D weights;
uniform highp sampler2D styles;    /* opacity and width by strength, 256 of them */
uniform bool marked;

struct Edge {
  bool  seen;
  bool  inhibiting;
  vec2  from, to;                  /* pixels */
  vec2  depths;                    /* of the picture, of both */
  vec2  fog;
  float arrow;                     /* its length, or 0 */
  float width;
  vec4  colour;                    /* not premultiplied */
};

const float CROWD = 1000.0;
const float CROWD_FADING = 0.4;
const float MARKED_WIDTH = 1.5;
const float ARROW_LENGTH = 5.0;
const float ARROW_GROWTH = 2.2;

/* Where a line from an end to one behind the eye leaves what can be seen. */
vec3 cut_before_eye(vec3 eye, vec3 other)
{
  float part = (view_lens.y - other.z) / (eye.z - other.z);
  return mix(other, eye, part);
}

void style_edge(float weight, inout Edge edge)
{
  float strength = min(abs(weight), 1.0);
  vec2 style = texelFetch(styles, ivec2(int(strength * 255.0 + 0.5), 0), 0).xy;

  edge.inhibiting = weight < 0.0;
  edge.colour = edge.inhibiting ? view_inhibiting : view_exciting;
  edge.colour.a *= marked ? 1.0 : style.x;
  edge.width = (style.y + (marked ? MARKED_WIDTH : 0.0)) * view_picture.z;
}

float get_arrow_length(float width, float ratio, float room)
{
  float size = (ARROW_LENGTH * view_picture.z + ARROW_GROWTH * width)
    * (view_points.w > 0.5 ? 1.0 : clamp(ratio, 0.3, 1.5));

  return room > 2.5 * size && size > 3.0 ? size : 0.0;
}

/* In a flat scene, edges lie under all points. What is straight in space has a straight depth in the picture. */
vec2 get_depths(float source, float target, float start, float end)
{
  if (view_points.w > 0.5)
    return vec2(0.9);

  vec2 depths = vec2(to_clip_depth(source), to_clip_depth(target));
  return vec2(mix(depths.x, depths.y, start), mix(depths.y, depths.x, end));
}

/* Beyond the strongest ones, the weaker the fainter: many together are a haze instead of a wall, and a picture with
 * fewer edges is the same but for what is missing. */
float get_crowd_opacity(int index)
{
  return marked ? 1.0 : pow(max(float(index) / CROWD, 1.0), -CROWD_FADING);
}

Edge get_edge(int index)
{
  ivec2 at = table_place(uint(index));
  uvec2 points = texelFetch(ends, at, 0).xy;
  vec4 source = texelFetch(places, table_place(points.x), 0);
  vec4 target = texelFetch(places, table_place(points.y), 0);
  vec3 source_eye = to_eye(source.xyz);
  vec3 target_eye = to_eye(target.xyz);
  bool source_before = is_before_eye(source_eye.z);
  bool target_before = is_before_eye(target_eye.z);
  float source_radius = source_before ? get_radius(source.w, source_eye.z) : 0.0;
  float target_radius = target_before ? get_radius(target.w, target_eye.z) : 0.0;
  Edge edge;

  style_edge(texelFetch(weights, at, 0).x, edge);
  edge.colour.a *= get_crowd_opacity(index);
  edge.arrow = 0.0;
  edge.seen = source_before || target_before;
  if (!edge.seen)
    return edge;
  if (!source_before)
    source_eye = cut_before_eye(source_eye, target_eye);
  if (!target_before)
    target_eye = cut_before_eye(target_eye, source_eye);

  vec2 from = to_pixels(source_eye);
  vec2 way = to_pixels(target_eye) - from;
  float whole = length(way);
  float room = whole - source_radius - target_radius;

  edge.seen = room > 0.0;
  if (!edge.seen)
    return edge;
  edge.from = from + way * (source_radius / whole);
  edge.to = from + way * (1.0 - target_radius / whole);
  edge.fog = vec2(get_fog(source_eye.z), get_fog(target_eye.z));
  edge.depths = get_depths(source_eye.z, target_eye.z, source_radius / whole, target_radius / whole);
  if (target_before && (marked || float(index) < view_effects.z))
    edge.arrow = get_arrow_length(edge.width, get_ratio(target_eye.z), room);
  return edge;
}
