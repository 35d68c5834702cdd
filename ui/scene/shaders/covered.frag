/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a depth before everything where the edges are so opaque that no further one can be seen. */
uniform sampler2D middle;
uniform float limit;

out vec4 colour;

void main()
{
  if (texelFetch(middle, ivec2(gl_FragCoord.xy), 0).a < limit)
    discard;
  colour = vec4(0.0);
}
