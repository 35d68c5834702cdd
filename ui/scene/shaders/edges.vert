/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edge as a line: two vertices of GL_LINES, or with QUADS the four corners of a quad. */
uniform int first;

out vec4 edge_colour;          /* premultiplied */
flat out vec4 edge_line;       /* a pixel on it, and across it */
flat out vec2 edge_shape;      /* half the width of its core, and with what is around it */

void main()
{
#ifdef QUADS
  int index = first + (gl_VertexID >> 2);
  bool is_end = (gl_VertexID & 2) != 0;
  float side = (gl_VertexID & 1) == 0 ? -1.0 : 1.0;
#else
  int index = gl_VertexID >> 1;
  bool is_end = (gl_VertexID & 1) != 0;
#endif
  Edge edge = get_edge(index);

  edge_colour = vec4(0.0);
  edge_line = vec4(0.0);
  edge_shape = vec2(0.0);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (!edge.seen)
    return;

  vec2 way = normalize(edge.to - edge.from);
  vec2 across = vec2(-way.y, way.x);
  /* The line ends within its head. */
  if (edge.arrow > 0.0 && !edge.inhibiting)
    edge.to -= way * edge.arrow * 0.8;

  /* What is thinner than a pixel is fainter instead. */
  float half_width = max(edge.width, 1.0) * 0.5;
  float opacity = edge.colour.a * min(edge.width, 1.0) * (1.0 - (is_end ? edge.fog.y : edge.fog.x));
  edge_colour = vec4(edge.colour.rgb, 1.0) * opacity;
  edge_line = vec4(edge.from, across);
  edge_shape = vec2(half_width, marked ? half_width + view_picture.z : half_width);

  vec2 pixels = is_end ? edge.to : edge.from;
#ifdef QUADS
  pixels += across * side * (edge_shape.y + 0.5);
#endif
  gl_Position = vec4(to_clip(pixels), is_end ? edge.depths.y : edge.depths.x, 1.0);
}
