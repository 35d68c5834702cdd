/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One triangle over the whole picture. */
out vec2 layer_place;

void main()
{
  layer_place = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
#ifdef COVERED
  gl_Position = vec4(layer_place * 2.0 - 1.0, -1.0, 1.0);
#else
  gl_Position = vec4(layer_place * 2.0 - 1.0, 0.0, 1.0);
#endif
}
