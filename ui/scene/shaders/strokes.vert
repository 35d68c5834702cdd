/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid: strokes that are projected already. */
in vec3 place;
in vec2 across;
in vec4 stroke;

out vec2 stroke_across;
out vec4 stroke_colour;

void main()
{
  stroke_across = across;
  stroke_colour = stroke;
  gl_Position = vec4(to_clip(place.xy), place.z, 1.0);
}
