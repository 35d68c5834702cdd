/* SPDX-License-Identifier: GPL-3.0-or-later */
in vec2 stroke_across;
in vec4 stroke_colour;

out vec4 colour;

void main()
{
  float cover = clamp(stroke_across.y + 0.5 - abs(stroke_across.x), 0.0, 1.0);

  colour = vec4(stroke_colour.rgb, 1.0) * stroke_colour.a * cover;
}
