/* SPDX-License-Identifier: GPL-3.0-or-later */
uniform sampler2D bottom;
uniform sampler2D middle;
uniform sampler2D top;
uniform bool marked;

in vec2 layer_place;

out vec4 colour;

void main()
{
  vec4 over = texture(middle, layer_place);

  if (marked)
    {
      vec4 first = texture(top, layer_place);
      over = first + over * (1.0 - first.a);
    }
  colour = over + texture(bottom, layer_place) * (1.0 - over.a);
}
