/* SPDX-License-Identifier: GPL-3.0-or-later */
in vec2 arrow_at;
flat in vec4 arrow_colour;
flat in vec3 arrow_shape;

out vec4 colour;

void main()
{
  vec2 at = vec2(arrow_at.x, abs(arrow_at.y));
  float length = arrow_shape.x;
  float half_width = arrow_shape.y;
  float inside = length - at.x;

  if (arrow_shape.z > 0.5)
    inside = min(min(inside, at.x), half_width - at.y);
  else
    inside = min(inside, (at.x * half_width - at.y * length) / sqrt(length * length + half_width * half_width));
  colour = arrow_colour * clamp(inside + 0.5, 0.0, 1.0);
}
