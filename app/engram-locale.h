/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * engram_locale_set_up:
 *
 * Sets the locale of the person who runs the program and binds its translations, wherever the program was installed
 * or built. To be called once, before anything else says a word; also binds those of the library.
 */
void engram_locale_set_up (void);
