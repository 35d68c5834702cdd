/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of an edge, as a quad around an arrow head or a bar. */
uniform int first;

out vec2 arrow_at;             /* pixels back from its tip, and across */
flat out vec4 arrow_colour;    /* premultiplied */
flat out vec3 arrow_shape;     /* length, half the width, 1 for a bar */

void main()
{
  Edge edge = get_edge(first + (gl_VertexID >> 2));

  arrow_at = vec2(0.0);
  arrow_colour = vec4(0.0);
  arrow_shape = vec3(0.0);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (!edge.seen || edge.arrow == 0.0)
    return;

  vec2 way = normalize(edge.to - edge.from);
  float length = edge.inhibiting ? max(edge.arrow * 0.22, 1.5) : edge.arrow;
  float half_width = edge.arrow * (edge.inhibiting ? 0.5 : 0.38);

  arrow_at = vec2((gl_VertexID & 2) != 0 ? length + 1.0 : -1.0,
                  (half_width + 1.0) * ((gl_VertexID & 1) == 0 ? -1.0 : 1.0));
  arrow_colour = vec4(edge.colour.rgb, 1.0) * min(edge.colour.a * 1.25, 1.0) * (1.0 - edge.fog.y);
  arrow_shape = vec3(length, half_width, edge.inhibiting ? 1.0 : 0.0);
  gl_Position = vec4(to_clip(edge.to - way * arrow_at.x + vec2(-way.y, way.x) * arrow_at.y), edge.depths.y, 1.0);
}
