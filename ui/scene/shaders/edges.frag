/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marked ones have an edge of their own in the colour of the selection. */
uniform bool marked;

in vec4 edge_colour;
flat in vec4 edge_line;
flat in vec2 edge_shape;

out vec4 colour;

void main()
{
#ifdef THIN
  colour = edge_colour;
#else
  float distance = abs(dot(gl_FragCoord.xy - edge_line.xy, edge_line.zw));

  colour = edge_colour * clamp(edge_shape.x + 0.5 - distance, 0.0, 1.0);
  if (marked)
    colour += view_selection * edge_colour.a * 0.75 * clamp(edge_shape.y + 0.5 - distance, 0.0, 1.0)
      * (1.0 - colour.a);
#endif
}
